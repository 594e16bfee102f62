import Modules
import Primitives
import SQL
import SQLiteDriver
import Web

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What `kontor check` says of a shop: all that `serve` would refuse, and what an operator should look at.
public struct Checkup: Sendable {
    /// The findings, the setting or table of each by name.
    public let findings: [CheckFinding]
    /// A sentence where there is no shop yet, only settings; nil where there is one.
    public let absence: String?

    /// Looks at the settings of a process, and at the shop that they lead to. Nothing is made and nothing is changed.
    public init(_ environment: EnvironmentSettings) async {
        let misspelled = SettingGaps.misspelled(environment.names)
        let faults = SettingFaults.all(of: environment)
        guard faults.isEmpty, let settings = try? Settings(environment) else {
            findings = faults.map(Self.finding) + misspelled + SettingGaps.findings(environment)
            absence = nil
            return
        }
        let found: [CheckFinding]
        if let missing = ShopPlace(settings).absence {
            absence = "There is no shop yet: \(missing)."
            found = await Self.withoutShop(settings)
        } else {
            absence = nil
            found = await Self.withShop(settings)
        }
        let deaf = await WebServer.refusal(host: settings.host, port: settings.port)
        findings = misspelled + [deaf].compactMap { $0 }.map(Self.finding) + found
    }

    /// Makes the shop of the settings over a database in memory, as a start would.
    private static func withoutShop(_ settings: Settings) async -> [CheckFinding] {
        var thrownAway = settings
        thrownAway.storage = .memory
        let found = folder(settings.dataDirectory) + DeployCheck.findings(settings)
        do {
            let installation = try await Installation.open(thrownAway)
            let refused = await refusal(installation)
            await installation.database.close()
            return found + [refused].compactMap { $0 }
        } catch {
            return found + [finding(error)]
        }
    }

    private static func withShop(_ settings: Settings) async -> [CheckFinding] {
        do {
            let installation = try await Installation.open(settings, checkpoints: .never, makesShop: false)
            let found: [CheckFinding]
            do {
                found = try await DeployCheck.findings(installation)
            } catch {
                found = DeployCheck.findings(settings) + [finding(settings.naming(error))]
            }
            await installation.database.close()
            return found
        } catch {
            return DeployCheck.findings(settings) + [finding(settings.naming(error))]
        }
    }

    /// Returns why no shop can be made of an installation.
    private static func refusal(_ installation: Installation) async -> CheckFinding? {
        do {
            _ = try await Shop(installation)
            return nil
        } catch {
            return finding(error)
        }
    }

    /// Returns why a start could not make its data folder.
    private static func folder(_ path: String) -> [CheckFinding] {
        var parent = ShopPlace.absolute(path)
        while parent != "/", access(parent, F_OK) != 0 {
            parent = parent.cut(at: "/").dropLast().joined(separator: "/")
            if parent.isEmpty { parent = "/" }
        }
        var found = stat()
        let isFolder = stat(parent, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
        if !isFolder { return [CheckFinding("DATA_DIR", "cannot be made: \(parent) is no folder", isError: true)] }
        guard access(parent, W_OK | X_OK) != 0 else { return [] }
        return [CheckFinding("DATA_DIR", "cannot be made: \(parent) may not be written to", isError: true)]
    }

    private static func finding(_ error: any Error) -> CheckFinding {
        guard let error = error as? SettingsError else {
            return CheckFinding("serve", "would not start: \(error)", isError: true)
        }
        return CheckFinding(error.key, error.reason, isError: true)
    }
}
