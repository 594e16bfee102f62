import Primitives

/// The name of a stored file: `products/ab/cd/<SHA-256 of the content>.webp`.
///
/// Every key is safe to append to a folder or a URL: lower-case letters, digits, `.`, `_` and `-` in segments between
/// single slashes, none of which begins with a dot; at most 255 bytes.
public struct MediaKey: Sendable, Hashable, CustomStringConvertible {
    /// The key as it stands in rows, folders and URLs.
    public let description: String

    /// Creates the key of this text; nil where it breaks the rules.
    public init?(_ text: String) {
        guard text.utf8.count <= 255 else { return nil }
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.allSatisfy({ Self.isSafe($0) }) else { return nil }
        self.description = text
    }

    /// Creates the key under which `content` is stored in `folder`: the same for the same content.
    ///
    /// Nil where `folder` or `fileExtension` breaks the rules of a key.
    public init?(folder: String, content: [UInt8], fileExtension: String) {
        let digest = Hex.encode(Digest.sha256(content))
        self.init("\(folder)/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest).\(fileExtension)")
    }

    /// The media type by the name's extension; `application/octet-stream` for an unknown one.
    public var contentType: String {
        switch description.cut(at: ".").last {
        case "webp": "image/webp"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "pdf": "application/pdf"
        case "csv": "text/csv; charset=utf-8"
        default: "application/octet-stream"
        }
    }

    func isIn(_ folder: String) -> Bool { description.begins(with: folder + "/") }

    /// Compares by the bytes of each segment, the order in which a walk through folders meets them.
    func comesAfter(_ other: MediaKey) -> Bool {
        other.segments.lexicographicallyPrecedes(segments) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    var segments: [Substring] { description.cut(at: "/") }

    private static func isSafe(_ segment: Substring.UTF8View) -> Bool {
        guard let first = segment.first, first != UInt8(ascii: ".") else { return false }
        return segment.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
