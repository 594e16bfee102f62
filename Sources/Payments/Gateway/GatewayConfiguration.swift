import Commerce
import Primitives

/// The settings of one gateway: from the environment where that names it, else from its row.
public struct GatewayConfiguration: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// A key of a configuration, with what it may hold.
    public struct Key: Sendable, Hashable {
        /// The kinds of value.
        public enum Kind: Sendable, Hashable {
            /// Written, never shown.
            case secret
            /// Any text of up to 500 characters.
            case text
            /// An absolute http or https URL without a final slash.
            case address
            /// One of these words.
            case choice([String])
        }

        /// The name in `configuration`, which is the setting's without its prefix in lower case: `secret_key`.
        public let name: String
        /// The name of the setting in the environment: `STRIPE_SECRET_KEY`.
        public let setting: String
        /// What it may hold.
        public let kind: Kind

        /// Creates a key of a configuration.
        public init(_ name: String, _ setting: String, _ kind: Kind) {
            self.name = name
            self.setting = setting
            self.kind = kind
        }
    }

    let values: [String: String]

    /// Creates a configuration with these values by the keys' names; empty ones count as absent.
    public init(_ values: [String: String]) { self.values = values.filter { !$0.value.isEmpty } }

    /// The names of what is set: secrets are in no log.
    public var description: String { "configuration of \(values.keys.sorted().joined(separator: ", "))" }
    /// Nothing of its values.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Returns the value of a key; nil where it is not set.
    public subscript(_ name: String) -> String? { values[name] }

    /// Returns the secrets of a rotation, the newest first: separated by commas.
    public func rotation(_ name: String) -> [String] {
        (values[name] ?? "").cut(at: ",", keepsEmpty: false).map { String($0.trimmed) }.filter { !$0.isEmpty }
    }

    /// Returns this configuration with the environment's values in place of its own, and addresses without their final slashes.
    public func overridden(by source: any SettingsSource, _ keys: [Key]) -> GatewayConfiguration {
        var values = values
        for key in keys { if let text = source.text(key.setting), !text.isEmpty { values[key.name] = text } }
        for key in keys where key.kind == .address { values[key.name] = values[key.name]?.withoutFinalSlashes }
        return GatewayConfiguration(values)
    }
}
