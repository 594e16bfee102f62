import Primitives

/// An HTTP request to another machine.
public struct OutboundRequest: Sendable {
    /// The method in capitals, such as `GET` or `POST`.
    public var method: String
    /// An absolute `http` or `https` URL, percent-encoded.
    public var url: String
    /// The headers in the order in which they are sent; `Content-Type` is sent only where it is among them.
    public var headers: [OutboundHeader]
    /// The body as it is; empty for none.
    public var body: [UInt8]
    /// The time limit for reaching the host, handshake included.
    public var connectTimeout: TimeSpan
    /// The time limit for the whole request.
    public var timeout: TimeSpan
    /// The maximum size of the response's body in bytes, after decompression.
    public var maxResponseBytes: Int
    /// The maximum number of redirects; followed only for GET and HEAD, and only within the URL's scheme.
    public var maxRedirects: Int
    /// Whether to open a connection of its own: libcurl sends a request once more by itself where a connection that it has used before
    /// ends without a byte of an answer.
    public var opensConnection = false
    /// Whether to refuse hosts whose address is not public: for URLs that users choose.
    public var refusesPrivateAddresses: Bool
    /// Networks that may be reached although ``refusesPrivateAddresses``.
    public var allowedNetworks: [PeerNetwork] = []
    /// Whether the response's body is of no interest: of one that is too long no more is read, and it is no error.
    public var dropsBody = false

    /// Creates a request; by default it is given up after 30 seconds, follows no redirect and takes 4 MiB.
    public init(
        _ method: String, _ url: String, headers: [OutboundHeader] = [], body: [UInt8] = [],
        connectTimeout: TimeSpan = .seconds(5), timeout: TimeSpan = .seconds(30), maxResponseBytes: Int = 4 << 20,
        maxRedirects: Int = 0, refusesPrivateAddresses: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.maxResponseBytes = maxResponseBytes
        self.maxRedirects = maxRedirects
        self.refusesPrivateAddresses = refusesPrivateAddresses
    }
}

/// A header of a request or a response.
public struct OutboundHeader: Sendable, Hashable {
    /// The name as it was written; `header(_:)` ignores its case.
    public let name: String
    /// The value without white space at its ends.
    public let value: String

    /// Creates a header; it is checked when it is sent.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Reads a received line; nil where it is no header.
    init?(line: String) {
        let (name, value) = line.halves(at: ":")
        guard let value else { return nil }
        self.init(String(name), value.trimmed)
    }

    /// Returns the line as libcurl takes it; a semicolon stands for an empty value.
    ///
    /// - Throws: `OutboundError` of kind `.invalid` for a name that is no token or a control character in the value.
    func line() throws -> String {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
            throw OutboundError(.invalid, "a header's name is malformed")
        }
        guard value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
            throw OutboundError(.invalid, "the header \(name) holds a control character")
        }
        return value.isEmpty ? name + ";" : name + ": " + value
    }

    /// Returns whether the byte may stand in a token (RFC 9110, section 5.6.2).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// The response to a request, whatever its status.
public struct OutboundResponse: Sendable {
    /// The status code of the last response.
    public let status: Int
    /// The headers of the last response, in the order received.
    public let headers: [OutboundHeader]
    /// The body of the last response, decompressed.
    public let body: [UInt8]

    /// Returns the first value under `name`, in any case; nil where there is none.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
