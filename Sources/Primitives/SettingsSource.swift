/// A source of settings by the names in docs/settings.md: the environment in a running shop, a dictionary in tests.
public protocol SettingsSource: Sendable {
    /// Returns the text under an environment name such as `DB_HOST`; nil where it is unset or empty.
    func text(_ name: String) -> String?
}

/// Settings held in a dictionary; nothing is read from outside.
public struct SettingsValues: SettingsSource {
    private let values: [String: String]

    /// Settings with these texts under their names.
    public init(_ values: [String: String]) {
        self.values = values
    }

    /// Returns the text under `name`; nil where it is unset or empty.
    public func text(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension SettingsSource {
    /// Returns the text under a name, or the default.
    public func text(_ name: String, or fallback: String) -> String { text(name) ?? fallback }

    /// Reads a whole number in `range`.
    ///
    /// - Throws: `SettingsError` naming the key.
    public func number(_ name: String, or fallback: Int, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        guard let text = text(name) else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw SettingsError(name, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Reads a yes or no.
    ///
    /// - Throws: `SettingsError` naming the key.
    public func flag(_ name: String, or fallback: Bool) throws(SettingsError) -> Bool {
        guard let text = text(name)?.lowercased() else { return fallback }
        if ["true", "1", "yes", "on"].contains(text) { return true }
        if ["false", "0", "no", "off"].contains(text) { return false }
        throw SettingsError(name, "is neither true nor false")
    }

    /// Reads a list separated by commas.
    public func list(_ name: String, or fallback: [String] = []) -> [String] {
        guard let text = text(name) else { return fallback }
        return text.cut(at: ",").map { $0.keeping { !$0.properties.isWhitespace } }.filter { !$0.isEmpty }
    }

    /// Reads for how many days something is kept; nil is for ever (a setting of 0).
    ///
    /// - Throws: `SettingsError` naming the key.
    public func retention(_ name: String, orDays standard: Int) throws(SettingsError) -> TimeSpan? {
        let days = try number(name, or: standard, in: 0...36_500)
        return days == 0 ? nil : .days(Int64(days))
    }

    /// Reads an address of the web without its final slashes; nil where it is unset.
    ///
    /// - Throws: `SettingsError` naming the key.
    public func webAddress(_ name: String) throws(SettingsError) -> String? {
        guard let url = text(name) else { return nil }
        guard url.begins(with: "http://") || url.begins(with: "https://") else {
            throw SettingsError(name, "is no http:// or https:// address")
        }
        return url.withoutFinalSlashes
    }
}

/// A setting that cannot be used, named by its key.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// The name of the setting, as the environment has it.
    public let key: String
    /// The rest of a sentence that begins with the key: "is not …".
    public let reason: String

    /// Creates an error of the setting `key`.
    public init(_ key: String, _ reason: String) {
        self.key = key
        self.reason = reason
    }

    /// A sentence for the log and the command line.
    public var description: String { "\(key) \(reason)" }
}
