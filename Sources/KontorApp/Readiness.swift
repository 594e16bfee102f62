import SQL

/// Whether the shop can serve.
enum Readiness {
    /// What stands in the way: a database that cannot be reached, or whose schema is not this program's.
    static func problems(_ migrator: Migrator) async -> [String] {
        do {
            let pending = try await migrator.pending()
            return pending.isEmpty ? [] : ["migrations are pending"]
        } catch is MigrationError {
            return ["the database was migrated by a newer program"]
        } catch {
            return ["the database cannot be reached"]
        }
    }
}
