import CXML

/// The reason why bytes are no XML document that is read here.
public enum XMLError: Error, Sendable, Equatable {
    /// Malformed, with a document type, nested too deeply, or too long.
    case malformed
}

/// An element of an XML document: its local name, its attributes, its text without that of its children, and its children.
/// Comments and namespaces are left out.
public struct XMLElement: Sendable, Hashable {
    /// The most levels of a document that is read.
    public static let maxDepth = 64

    /// The name without a namespace's prefix.
    public let name: String
    /// The values of the attributes by their names without a prefix.
    public internal(set) var attributes: [String: String] = [:]
    /// The text, as it stands.
    public internal(set) var text = ""
    /// The elements within, in their order.
    public internal(set) var children: [XMLElement] = []

    init(_ name: String) { self.name = name }

    /// Reads a whole document by libxml2 and returns its root. Documents with a document type are refused, so that there
    /// are no entities but XML's own.
    ///
    /// - Throws: `XMLError.malformed`.
    public init(parsing bytes: [UInt8]) throws(XMLError) {
        var open: [XMLElement] = []
        var root: XMLElement?
        let isRead = bytes.withUnsafeBufferPointer { bytes in
            guard let reader = kxml_open(bytes.baseAddress, bytes.count) else { return false }
            defer { kxml_close(reader) }
            return Self.read(reader, &open, &root)
        }
        guard isRead, open.isEmpty, let root else { throw .malformed }
        self = root
    }

    private static func read(
        _ reader: OpaquePointer, _ open: inout [XMLElement], _ root: inout XMLElement?
    ) -> Bool {
        while true {
            switch kxml_next(reader) {
            case KXML_END.event: return true
            case KXML_OPEN.event:
                guard open.count < maxDepth, let name = kxml_name(reader) else { return false }
                var element = XMLElement(String(cString: name))
                element.attributes = attributes(reader)
                open.append(element)
            case KXML_TEXT.event:
                guard let text = kxml_text(reader), !open.isEmpty else { return false }
                open[open.count - 1].text += String(cString: text)
            case KXML_CLOSE.event:
                guard let closed = open.popLast() else { return false }
                if open.isEmpty { root = closed } else { open[open.count - 1].children.append(closed) }
            default: return false
            }
        }
    }

    /// Returns the attributes of the element that has just been opened.
    private static func attributes(_ reader: OpaquePointer) -> [String: String] {
        var found: [String: String] = [:]
        while kxml_next_attribute(reader) == 1 {
            guard let name = kxml_name(reader) else { continue }
            let key = String(cString: name)
            found[key] = kxml_text(reader).map { String(cString: $0) } ?? ""
        }
        return found
    }

    /// Returns the children of a name.
    public func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// Returns the first element that this path of names leads to; nil where there is none.
    public func first(_ path: String...) -> XMLElement? {
        path.reduce(self as XMLElement?) { element, name in element?.children.first { $0.name == name } }
    }
}

extension kxml_event {
    fileprivate var event: Int32 { Int32(rawValue) }
}
