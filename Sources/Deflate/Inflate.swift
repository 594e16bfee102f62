import CZlib

/// The deflate format (RFC 1951) without a wrapper, as it stands in ZIP files, over zlib.
public enum Inflate {
    /// Returns what `packed` holds, which has to be `size` bytes with this check sum; nil where it is anything else. No
    /// more than `size` bytes are ever written.
    public static func raw(_ packed: ArraySlice<UInt8>, size: Int, checkSum: UInt32) -> [UInt8]? {
        guard size >= 0, size <= Int(Int32.max), packed.count <= Int(Int32.max) else { return nil }
        var stream = z_stream()
        guard kz_raw_inflate_init(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        let plain: [UInt8]? = packed.withUnsafeBytes { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = UInt32(input.count)
            var result = Z_OK
            // One byte more: zlib has to have room, or it does not say whether the stream is at its end.
            let output = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(size + 1)
                result = inflate(&stream, Z_FINISH)
                count = size + 1 - Int(stream.avail_out)
            }
            return result == Z_STREAM_END && output.count == size ? output : nil
        }
        guard let plain, self.checkSum(of: plain) == checkSum else { return nil }
        return plain
    }

    /// Returns the check sum of ZIP (ISO 3309) of `bytes`.
    public static func checkSum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { input in
            guard let base = input.bindMemory(to: UInt8.self).baseAddress else { return 0 }
            return UInt32(truncatingIfNeeded: crc32(0, base, UInt32(truncatingIfNeeded: input.count)))
        }
    }
}
