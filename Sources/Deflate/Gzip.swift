import CZlib

/// The gzip format (RFC 1952) over zlib.
public enum Gzip {
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
}
