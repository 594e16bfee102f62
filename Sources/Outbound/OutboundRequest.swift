import Primitives

/// An HTTP request to another machine.
public struct OutboundRequest: Sendable {
    /// `GET`, `POST` and so on.
    public var method: String
    /// An absolute `http` or `https` URL, percent-encoded.
    public var url: String
    public var headers: [OutboundHeader]
    public var body: [UInt8]
    /// The time to reach the host, the handshake included.
    public var connectTimeout: TimeSpan
    /// The time for everything.
    public var timeout: TimeSpan
    /// The largest body that is taken as an answer, after decompression.
    public var mostResponseBytes: Int
    /// How many redirects are followed; only of GET and HEAD, and only within the URL's scheme.
    public var mostRedirects: Int
    /// Whether to refuse hosts whose address is not public: for URLs that users choose.
    public var refusesPrivateAddresses: Bool

    public init(
        _ method: String, _ url: String, headers: [OutboundHeader] = [], body: [UInt8] = [],
        connectTimeout: TimeSpan = .seconds(5), timeout: TimeSpan = .seconds(30), mostResponseBytes: Int = 4 << 20,
        mostRedirects: Int = 0, refusesPrivateAddresses: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.mostResponseBytes = mostResponseBytes
        self.mostRedirects = mostRedirects
        self.refusesPrivateAddresses = refusesPrivateAddresses
    }
}

/// A header's name and value.
public struct OutboundHeader: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The header of a received line, or nil where it is none.
    init?(line: String) {
        let (name, value) = line.halves(at: ":")
        guard let value else { return nil }
        self.init(String(name), value.trimmed)
    }

    /// As libcurl takes it; a semicolon stands for an empty value.
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

    /// RFC 9110, section 5.6.2.
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// The answer to a request, whatever its status.
public struct OutboundResponse: Sendable {
    public let status: Int
    /// Those of the last response, in the order received.
    public let headers: [OutboundHeader]
    public let body: [UInt8]

    /// The first value under `name`, in any case; nil where there is none.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
