import ArgumentParser
import KontorApp
import Primitives
import SQL
import SQLiteDriver

/// Where the shop's data lies, for the commands that open it.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder (DATA_DIR, ./data).")
    var directory: String?

    /// Returns the environment with these options put in.
    ///
    /// - Throws: `SettingsError` where `.env` cannot be read.
    func environment() throws -> EnvironmentSettings {
        try EnvironmentSettings(overriding: directory.map { ["DATA_DIR": $0] } ?? [:])
    }

    /// Returns the settings of the environment with these options put in.
    ///
    /// - Throws: `SettingsError`.
    func settings() async throws -> Settings {
        let settings = try Settings(try environment())
        LogOutput.bootstrap(level: settings.logLevel, json: settings.logsJSON)
        return settings
    }

    /// Opens the shop and closes it after `body`; `checkpoints` are for who serves or writes much. Only a command with
    /// `makesShop` makes a shop where there is none; with `needsSchema` others refuse a schema that is not this program's.
    ///
    /// - Throws: `SettingsError`, also where there is no shop or its database cannot be used; whatever `body` throws.
    func withInstallation<Value>(
        _ settings: Settings? = nil, checkpoints: SQLiteConfiguration.Checkpoints = .never, makesShop: Bool = false,
        needsSchema: Bool = true, _ body: (Installation) async throws -> Value
    ) async throws -> Value {
        let chosen = if let settings { settings } else { try await self.settings() }
        do {
            let installation = try await Installation.open(chosen, checkpoints: checkpoints, makesShop: makesShop)
            do {
                if needsSchema, !makesShop { try await installation.requireSchema() }
                let value = try await body(installation)
                await installation.database.close()
                return value
            } catch {
                await installation.database.close()
                throw error
            }
        } catch {
            throw chosen.naming(error)
        }
    }
}
