import Configuration
import FoundationEssentials
import Primitives

/// The settings of a process: what the command line says, then the environment, then a `.env` file.
public struct EnvironmentSettings: SettingsSource {
    private let reader: ConfigReader
    /// The names of all variables of the process and of the file, settings or not.
    let names: [String]

    /// Reads the process's environment and `.env` in the working folder, where there is one; what the command line says
    /// goes before both.
    ///
    /// - Throws: `SettingsError` where `.env` is there and cannot be read.
    public init(overriding options: [String: String] = [:], environmentFile: String = ".env") throws {
        let values = try EnvironmentFile.read(environmentFile)
        names = Set(values.keys).union(ProcessInfo.processInfo.environment.keys).sorted()
        let file = EnvironmentVariablesProvider(environmentVariables: values)
        let commandLine = EnvironmentVariablesProvider(environmentVariables: options)
        reader = ConfigReader(providers: [commandLine, EnvironmentVariablesProvider(), file])
    }

    /// Returns the value of a setting such as `DATABASE_URL`; nil where it is unset or empty.
    public func text(_ name: String) -> String? {
        let key = ConfigKey(name.lowercased().cut(at: "_", keepsEmpty: false).map { String($0) })
        guard let value = reader.string(forKey: key), !value.isEmpty else { return nil }
        return value
    }
}
