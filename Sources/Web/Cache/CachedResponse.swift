import Deflate
import HTTPTypes
import NIOCore
import Synchronization

/// An answer cached as bytes, plain and compressed, with its headers.
final class CachedResponse: Sendable {
    /// One encoding of the answer.
    final class Variant: Sendable {
        let tag: String
        let fields: HTTPFields
        let notModified: HTTPFields
        let body: ByteBuffer

        init(_ body: [UInt8], tag: String, contentType: String, isGzip: Bool) {
            self.tag = tag
            var common = CommonHeaders.fields
            common.append(HTTPField(name: .eTag, value: tag))
            common.append(HTTPField(name: .cacheControl, value: CommonHeaders.revalidated))
            common.append(HTTPField(name: .vary, value: CommonHeaders.vary))
            self.notModified = common
            common.append(HTTPField(name: .contentType, value: contentType))
            common.append(HTTPField(name: .contentLength, value: String(body.count)))
            if isGzip { common.append(HTTPField(name: .contentEncoding, value: "gzip")) }
            self.fields = common
            self.body = ByteBuffer(bytes: body)
        }
    }

    private enum Compressed {
        case unknown
        case known(Variant)
        /// Compressing gains nothing.
        case none
    }

    let plain: Variant
    private let contentType: String
    private let compressed = Mutex(Compressed.unknown)
    private let used = Atomic<Bool>(false)

    init(_ body: [UInt8], contentType: String) {
        self.contentType = contentType
        self.plain = Variant(
            body, tag: EntityTag.tag(of: body, isGzip: false), contentType: contentType, isGzip: false)
    }

    /// Returns the encoding for a client; compressed on the first request that wants it so.
    func variant(gzip isWanted: Bool) -> Variant {
        guard isWanted, plain.body.readableBytes >= Gzip.smallest, Gzip.helps(contentType) else { return plain }
        return compressed.withLock { compressed in
            switch compressed {
            case .known(let variant): return variant
            case .none: return plain
            case .unknown:
                let body = Array(plain.body.readableBytesView)
                guard let packed = Gzip.compress(body, level: 6), packed.count < body.count else {
                    compressed = .none
                    return plain
                }
                let variant = Variant(
                    packed, tag: EntityTag.tag(of: body, isGzip: true), contentType: contentType, isGzip: true)
                compressed = .known(variant)
                return variant
            }
        }
    }

    /// Bytes in memory, with room for the compressed form and the headers.
    var weight: Int { plain.body.readableBytes * 3 / 2 + 2_048 }

    /// Records that it was served again.
    func use() { used.store(true, ordering: .relaxed) }

    /// Returns whether it was served again since the last call.
    func wasUsed() -> Bool { used.exchange(false, ordering: .relaxed) }
}
