import HTTPTypes
import Primitives

/// A body of many parts that go out one after another: a table that is long. Neither tagged nor compressed.
public struct BlockBody: Sendable, EndpointOutput {
    public let contentType: String
    /// None empty.
    public let blocks: [[UInt8]]

    public init(contentType: String, blocks: [[UInt8]]) {
        self.contentType = contentType
        self.blocks = blocks
    }

    public static var bodySchema: JSONSchema? { nil }
    public static var mediaType: String? { "text/csv" }

    public func response(_ status: HTTPResponse.Status) -> APIResponse {
        var response = APIResponse(status: status, headers: [.contentType: contentType])
        response.blocks = blocks
        return response
    }
}

/// Gathers lines into blocks of a size that a connection takes at once.
struct BlockWriter {
    /// Bytes after which a block is full.
    static let size = 64 << 10

    private(set) var blocks: [[UInt8]] = []
    private var current: [UInt8] = []

    init() {
        current.reserveCapacity(Self.size + 4_096)
    }

    mutating func write(_ text: String) {
        current.append(contentsOf: text.utf8)
        if current.count >= Self.size { flush() }
    }

    /// Every block, the last of them shorter.
    mutating func finish() -> [[UInt8]] {
        if !current.isEmpty { flush() }
        return blocks
    }

    private mutating func flush() {
        blocks.append(current)
        current.removeAll(keepingCapacity: true)
    }
}
