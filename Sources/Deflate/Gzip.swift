import CZlib
import Primitives

/// The gzip format (RFC 1952) over zlib.
public enum Gzip {
    /// Bytes below which compressing is not worth its header.
    public static let smallest = 1_024

    /// Returns `bytes` compressed, or nil where zlib has no memory.
    public static func compress(_ bytes: [UInt8], level: Int32 = 4) -> [UInt8]? {
        var stream = z_stream()
        guard kz_gzip_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        return bytes.withUnsafeBytes { input in
            let bound = Int(deflateBound(&stream, UInt(input.count)))
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = UInt32(input.count)
            var result = Z_OK
            let output = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(bound)
                result = deflate(&stream, Z_FINISH)
                count = bound - Int(stream.avail_out)
            }
            return result == Z_STREAM_END ? output : nil
        }
    }

    /// Returns whether a body of this type gets smaller.
    public static func helps(_ contentType: String) -> Bool {
        ["application/json", "text/", "image/svg+xml", "application/javascript"].contains {
            contentType.begins(with: $0)
        }
    }

    /// Returns whether `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3).
    public static func isAccepted(_ header: String?) -> Bool {
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
