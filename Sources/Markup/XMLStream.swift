import CXML

/// The reason why bytes are no XML document that is read here.
public enum XMLError: Error, Sendable, Equatable {
    /// Malformed, with a document type, nested too deeply, or too long.
    case malformed
}

/// What is met on the way through an XML document. Comments and namespaces are left out.
public enum XMLEvent: Sendable, Hashable {
    /// An element begins: its name and the values of its attributes by their names, all without a prefix.
    case open(name: String, attributes: [String: String])
    /// Text, as it stands; white space alone is left out.
    case text(String)
    /// The element of this name that was opened last ends.
    case close(name: String)
}

/// Reads XML documents from their beginning to their end by libxml2, without keeping them.
public enum XMLStream {
    /// The most levels of a document that is read.
    public static let maxDepth = 64

    /// Passes each event of a whole document to `visit`; every element that was opened is closed, and text is within one.
    /// Documents with a document type are refused, so that there are no entities but XML's own.
    ///
    /// - Throws: `XMLError.malformed`, whatever `visit` throws.
    public static func read(_ bytes: [UInt8], _ visit: (XMLEvent) throws -> Void) throws {
        try bytes.withUnsafeBufferPointer { bytes in
            guard let reader = kxml_open(bytes.baseAddress, bytes.count) else { throw XMLError.malformed }
            defer { kxml_close(reader) }
            try walk(reader, visit)
        }
    }

    private static func walk(_ reader: OpaquePointer, _ visit: (XMLEvent) throws -> Void) throws {
        var (depth, isEmpty) = (0, true)
        while true {
            switch kxml_next(reader) {
            case KXML_END.event:
                guard depth == 0, !isEmpty else { throw XMLError.malformed }
                return
            case KXML_OPEN.event:
                guard depth < maxDepth, let name = kxml_name(reader) else { throw XMLError.malformed }
                (depth, isEmpty) = (depth + 1, false)
                let text = String(cString: name)
                try visit(.open(name: text, attributes: attributes(reader)))
            case KXML_TEXT.event:
                guard let text = kxml_text(reader), depth > 0 else { throw XMLError.malformed }
                try visit(.text(String(cString: text)))
            case KXML_CLOSE.event:
                guard depth > 0, let name = kxml_name(reader) else { throw XMLError.malformed }
                depth -= 1
                try visit(.close(name: String(cString: name)))
            default: throw XMLError.malformed
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
}

extension kxml_event {
    fileprivate var event: Int32 { Int32(rawValue) }
}
