import SQL

/// Whether the shop can serve.
enum Readiness {
    /// Returns what stands in the way: a database that cannot be reached in two seconds, or whose schema is not this
    /// program's, or a disk without space, the database's or that of the data folder.
    static func problems(_ installation: Installation) async -> [String] {
        do {
            let pending = try await installation.migrator.probe()
            guard pending.isEmpty else { return ["migrations are pending"] }
            let isFull = installation.database.isDiskFull || DiskSpace.isShort(at: installation.settings.dataDirectory)
            return isFull ? ["the disk is full"] : []
        } catch is MigrationError {
            return ["the database was migrated by a newer program"]
        } catch {
            return ["the database cannot be reached"]
        }
    }
}
