/// The reason why a request or a mail did not go out.
public struct OutboundError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The cause, by which callers decide.
    public enum Kind: Sendable, Hashable {
        /// The request itself cannot be sent: a malformed URL, a line break in a header, a malformed address.
        case invalid
        /// The host's name has no address.
        case resolve
        /// The host refused the connection or could not be reached.
        case connect
        /// No secure connection was made: an unknown certificate, a failed handshake, STARTTLS not offered.
        case tls
        /// The time limit was exceeded.
        case timeout
        /// The response is larger than allowed.
        case tooLarge
        /// The other side does not speak the protocol, or redirects too often or to another scheme.
        case protocolViolation
        /// The connection ended in the middle; whether the other side acted is not known.
        case disconnected
        /// The host's address is private, and the request may only go to public ones.
        case refusedAddress
        /// The mail server refused with this reply code.
        case smtp(Int)
        /// The machine gave no thread or no memory, or the threads are closed.
        case unavailable
    }

    /// The cause.
    public let kind: Kind
    /// The description in libcurl's or the server's words, for logs; never a header, a body or a password.
    public let detail: String
    /// The mail server's refusal, where one has refused.
    public let reply: MailReply?

    /// Creates an error of this kind; `detail` goes to the log.
    public init(_ kind: Kind, _ detail: String, reply: MailReply? = nil) {
        self.kind = kind
        self.detail = detail
        self.reply = reply
    }

    /// Whether the same request may succeed later.
    public var mayRetry: Bool {
        switch kind {
        case .resolve, .connect, .tls, .timeout, .disconnected, .unavailable: true
        case .smtp(let code): (400..<500).contains(code)
        case .invalid, .tooLarge, .protocolViolation, .refusedAddress: false
        }
    }

    /// One line for the log.
    public var description: String { "\(kind): \(detail)" }
}
