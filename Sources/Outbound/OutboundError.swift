/// Why a request or a mail did not go out.
public struct OutboundError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The request itself cannot be sent: a malformed URL, a line break in a header, an address that is none.
        case invalid
        /// The host's name has no address.
        case resolve
        /// The host refused the connection or could not be reached.
        case connect
        /// No secure connection: an unknown certificate, a failed handshake, STARTTLS not offered.
        case tls
        /// It took longer than it may.
        case timeout
        /// The answer is larger than it may be.
        case tooLarge
        /// The other side does not speak the protocol, or redirects too often or to another scheme.
        case protocolViolation
        /// The connection ended in the middle; whether the other side acted is not known.
        case disconnected
        /// The host's address is private, and the request may only go to public ones.
        case refusedAddress
        /// The mail server said no with this reply code.
        case smtp(Int)
        /// The machine gave no thread or no memory, or the threads are closed.
        case unavailable
    }

    public let kind: Kind
    /// libcurl's or the server's own words, for logs; never a header, a body or a password.
    public let detail: String

    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// Whether the same attempt may succeed later.
    public var mayRetry: Bool {
        switch kind {
        case .resolve, .connect, .tls, .timeout, .disconnected, .unavailable: true
        case .smtp(let code): (400..<500).contains(code)
        case .invalid, .tooLarge, .protocolViolation, .refusedAddress: false
        }
    }

    public var description: String { "\(kind): \(detail)" }
}
