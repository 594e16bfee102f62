/// What a page's template shows: a text, whether something is so, several of these, or something with members.
public enum PageValue: Sendable {
    case text(String)
    case flag(Bool)
    case list([PageValue])
    case object(any PageObject)

    /// Makes a value of texts, Booleans, numbers, arrays and dictionaries of them, and of what has members by itself; nil of an
    /// optional without a value.
    public init?(_ value: Any) {
        switch value {
        case let text as String: self = .text(text)
        case let flag as Bool: self = .flag(flag)
        case let object as any PageObject: self = .object(object)
        case let members as [String: Any]: self = .object(PageMembers(members))
        case let elements as [Any]: self = .list(elements.compactMap { PageValue($0) })
        case let other as any CustomStringConvertible: self = .text(other.description)
        default: return nil
        }
    }
}

/// Something whose members a template names: a dictionary (`PageMembers`), or a value that knows its names, such as a list's cell.
public protocol PageObject: Sendable {
    /// Returns the value of a name; nil where there is none, so that what is around is asked.
    func member(_ name: String) -> PageValue?
}

/// The members of a dictionary as templates name them.
public struct PageMembers: PageObject {
    private let values: [String: PageValue]

    /// Takes the values of which `PageValue` can be made.
    public init(_ values: [String: Any]) {
        self.values = values.compactMapValues { PageValue($0) }
    }

    /// Returns the value of a name; nil where there is none.
    public func member(_ name: String) -> PageValue? { values[name] }
}
