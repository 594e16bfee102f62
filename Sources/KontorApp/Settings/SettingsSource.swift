import Configuration
import Primitives

/// Where settings come from: the environment first, then a `.env` file, by the names that README's table lists.
public struct SettingsSource: Sendable {
    private let reader: ConfigReader

    /// Reads the process's environment and `.env` in the working folder, where there is one; what the command line says
    /// goes before both.
    ///
    /// - Throws: `SettingsError` where `.env` is there and cannot be read.
    public static func process(
        overriding options: [String: String] = [:], environmentFile: String = ".env"
    ) throws -> SettingsSource {
        let file = EnvironmentVariablesProvider(environmentVariables: try EnvironmentFile.read(environmentFile))
        let commandLine = EnvironmentVariablesProvider(environmentVariables: options)
        return SettingsSource(reader: ConfigReader(providers: [commandLine, EnvironmentVariablesProvider(), file]))
    }

    /// Reads these values alone.
    public init(values: [String: String]) {
        self.reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: values))
    }

    private init(reader: ConfigReader) {
        self.reader = reader
    }

    /// The text under an environment name such as `DB_HOST`; nil where it is unset or empty.
    func text(_ name: String) -> String? {
        let key = ConfigKey(name.lowercased().cut(at: "_", keepsEmpty: false).map { String($0) })
        guard let value = reader.string(forKey: key), !value.isEmpty else { return nil }
        return value
    }

    func text(_ name: String, or usual: String) -> String { text(name) ?? usual }

    /// A whole number in `range`.
    ///
    /// - Throws: `SettingsError` naming the key.
    func number(_ name: String, or usual: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let text = text(name) else { return usual }
        guard let number = Int(text), range.contains(number) else {
            throw SettingsError(name, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A yes or no.
    ///
    /// - Throws: `SettingsError` naming the key.
    func flag(_ name: String, or usual: Bool) throws -> Bool {
        guard let text = text(name)?.lowercased() else { return usual }
        if ["true", "1", "yes", "on"].contains(text) { return true }
        if ["false", "0", "no", "off"].contains(text) { return false }
        throw SettingsError(name, "is neither true nor false")
    }

    /// A list separated by commas.
    func list(_ name: String, or usual: [String] = []) -> [String] {
        guard let text = text(name) else { return usual }
        return text.cut(at: ",").map { $0.keeping { !$0.properties.isWhitespace } }.filter { !$0.isEmpty }
    }
}

/// A setting that cannot be used, named by its key.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
    public let key: String
    public let reason: String

    init(_ key: String, _ reason: String) {
        self.key = key
        self.reason = reason
    }

    public var description: String { "\(key) \(reason)" }
}
