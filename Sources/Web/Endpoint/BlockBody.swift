import HTTPTypes
import Primitives

/// A long body that is sent in blocks, such as an exported table; it gets no ETag and is not compressed.
public struct BlockBody: Sendable, EndpointOutput {
    /// The value of `Content-Type`.
    public let contentType: String
    /// The blocks in order, none of them empty.
    public let blocks: [[UInt8]]

    /// Creates a body of these blocks, none of which may be empty.
    public init(contentType: String, blocks: [[UInt8]]) {
        self.contentType = contentType
        self.blocks = blocks
    }

    /// None: the body is no JSON.
    public static var bodySchema: JSONSchema? { nil }
    /// The document of the API describes such a body as a CSV table.
    public static var mediaType: String? { "text/csv" }

    /// Returns the blocks under `status`.
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

    /// Returns every block, the last of them shorter.
    mutating func finish() -> [[UInt8]] {
        if !current.isEmpty { flush() }
        return blocks
    }

    private mutating func flush() {
        blocks.append(current)
        current.removeAll(keepingCapacity: true)
    }
}
