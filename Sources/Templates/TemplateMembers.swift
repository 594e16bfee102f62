import Mustache

/// The members of an object as templates name them.
///
/// A dictionary would do, but for each name and each object around it the library asks what it is, and of a dictionary the runtime
/// finds that out anew each time: in a profile of a list's page that was more than its texts.
public struct TemplateMembers: MustacheParent {
    private let values: [String: Any]

    /// Wraps dictionaries within these values too, also those in arrays.
    public init(_ values: [String: Any]) {
        self.values = values.mapValues(Self.wrapped)
    }

    /// Takes values as they are.
    init(asTheyAre values: [String: Any]) {
        self.values = values
    }

    /// Returns the value of a name; nil where there is none.
    public func child(named name: String) -> Any? { values[name] }

    private static func wrapped(_ value: Any) -> Any {
        switch value {
        case is String, is Bool, is Int: value
        case let list as [[String: Any]]: list.map { TemplateMembers($0) }
        case let members as [String: Any]: TemplateMembers(members)
        case let list as [Any]: list.map(wrapped)
        default: value
        }
    }
}
