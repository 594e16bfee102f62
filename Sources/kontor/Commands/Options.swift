import ArgumentParser
import KontorApp
import Primitives
import SQL
import SQLiteDriver

/// Where the shop's data lies, for the commands that open it.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder (DATA_DIR, ./data).")
    var directory: String?

    /// Returns the settings of the environment with these options put in; `fallbacks` count where neither it nor what staff
    /// have saved names them.
    ///
    /// - Throws: `SettingsError`.
    func settings(or fallbacks: [String: String] = [:]) async throws -> Settings {
        let source = try EnvironmentSettings(overriding: directory.map { ["DATA_DIR": $0] } ?? [:])
        let settings = try Settings(source, or: SettingsValues(fallbacks))
        LogOutput.bootstrap(level: settings.logLevel, json: settings.logsJSON)
        return settings
    }

    /// Opens the shop and closes it after `body`; `checkpoints` are for who serves or writes much.
    ///
    /// - Throws: `SettingsError`, `SQLError`, whatever `body` throws.
    func withInstallation<Value>(
        _ settings: Settings? = nil, checkpoints: SQLiteConfiguration.Checkpoints = .never,
        _ body: (Installation) async throws -> Value
    ) async throws -> Value {
        let chosen = if let settings { settings } else { try await self.settings() }
        let installation = try await Installation.open(chosen, checkpoints: checkpoints)
        do {
            let value = try await body(installation)
            await installation.database.close()
            return value
        } catch {
            await installation.database.close()
            throw error
        }
    }
}
