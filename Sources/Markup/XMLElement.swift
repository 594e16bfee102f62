/// An element of an XML document: its local name, its attributes, its text without that of its children, and its children.
/// Comments and namespaces are left out.
public struct XMLElement: Sendable, Hashable {
    /// The most levels of a document that is read.
    public static let maxDepth = XMLStream.maxDepth

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
        do {
            try XMLStream.read(bytes) { event in
                switch event {
                case .open(let name, let attributes):
                    var element = XMLElement(name)
                    element.attributes = attributes
                    open.append(element)
                case .text(let text): open[open.count - 1].text += text
                case .close:
                    let closed = open.removeLast()
                    if open.isEmpty { root = closed } else { open[open.count - 1].children.append(closed) }
                }
            }
        } catch {
            throw .malformed
        }
        guard let root else { throw .malformed }
        self = root
    }

    /// Returns the children of a name.
    public func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// Returns the first element that this path of names leads to; nil where there is none.
    public func first(_ path: String...) -> XMLElement? {
        path.reduce(self as XMLElement?) { element, name in element?.children.first { $0.name == name } }
    }
}
