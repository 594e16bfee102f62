import SQL

/// Waits for a database server that is started at the same time as the shop.
enum DatabaseArrival {
    private static let patience = Duration.seconds(30)
    private static let pause = Duration.milliseconds(250)
    /// On a machine that is busy starting, half a minute may hold few of them.
    private static let leastTries = 10
    /// Who knocks is not let in, or asks for a database that does not exist: waiting changes nothing.
    private static let final: Set<Int> = [1_044, 1_045, 1_049, 1_698, 2_059, 2_061]

    /// Returns once the database answers, whatever it says of its migrations.
    ///
    /// - Throws: `SQLError` where it does not after half a minute, or at once where it answers by a refusal.
    static func wait(_ migrator: Migrator) async throws {
        let deadline = ContinuousClock.now + patience
        for tries in 1... {
            do {
                _ = try await migrator.probe()
                return
            } catch is MigrationError {
                return
            } catch let error as SQLError where error.kind == .unavailable && !final.contains(error.code) {
                guard tries < leastTries || ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: pause)
            }
        }
    }
}
