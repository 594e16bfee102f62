import Deflate
import Primitives

/// Which answers are packed, and for whom.
extension Gzip {
    /// Bytes below which compressing is not worth its header.
    static let smallest = 1_024

    /// Returns whether a body of this type gets smaller.
    static func helps(_ contentType: String) -> Bool {
        ["application/json", "text/", "image/svg+xml", "application/javascript"].contains {
            contentType.begins(with: $0)
        }
    }

    /// Returns whether `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3).
    static func isAccepted(_ header: String?) -> Bool {
        guard let header else { return false }
        var anything = false
        for part in header.cut(at: ",") {
            let (coding, parameters) = HeaderParameters.split(String(part))
            let isRefused = parameters["q"].flatMap { Double($0) } == 0
            switch coding.lowercased() {
            case "gzip", "x-gzip": return !isRefused
            case "*": anything = !isRefused
            default: break
            }
        }
        return anything
    }
}
