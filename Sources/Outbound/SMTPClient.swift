import CCurl
import Primitives

/// Sends mails through one SMTP server (RFC 5321). A connection that has carried one mail carries the next, for at most
/// a minute; each thread has one of its own.
public struct SMTPClient: Sendable {
    private let threads: TransferThreads
    private let settings: SMTPSettings
    private static let connectionSeconds = 60

    /// Creates a client that sends on `threads`; nothing is connected yet.
    public init(threads: TransferThreads, settings: SMTPSettings) {
        self.threads = threads
        self.settings = settings
    }

    /// Sends a mail and returns once the server has accepted it for all its recipients.
    ///
    /// - Throws: `OutboundError`, of kind `.invalid` before anything is sent; `CancellationError`.
    public func send(_ message: MailMessage) async throws {
        let headers = try MailHeaders.lines(of: message)
        try await threads.run { transfer in
            let isSent = try perform(message, headers, isFresh: false, on: transfer)
            if !isSent { _ = try perform(message, headers, isFresh: true, on: transfer) }
        }
    }

    /// Sends a mail; returns false where the server had enough of a connection left open before it knew of the mail,
    /// so that another one has to be made.
    private func perform(
        _ message: MailMessage, _ headers: [String], isFresh: Bool, on transfer: borrowing Transfer
    ) throws -> Bool {
        let sink = TransferSink(ticket: transfer.ticket, maxBytes: 64 << 10, rule: .any)
        let dialogue = MailDialogue()
        defer {
            // The handle outlives what it talks to.
            try? transfer.set(CURLOPT_VERBOSE, 0)
            withExtendedLifetime(dialogue) {}
        }
        try reach(settings, on: transfer)
        try transfer.set(CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
        try transfer.follow(with: dialogue)
        let headers = try CurlList(headers)
        let recipients = try CurlList(message.to.map { "<\($0.address)>" })
        try transfer.set(CURLOPT_HTTPHEADER, headers)
        try transfer.set(CURLOPT_MAIL_FROM, "<\((message.returnPath ?? message.from).address)>")
        try transfer.set(CURLOPT_MAIL_RCPT, recipients)
        let body = try transfer.makeMIME()
        defer { curl_mime_free(body) }
        try MailBody.fill(body, with: message, on: transfer)
        try transfer.set(mime: body)
        do {
            _ = try transfer.perform(into: sink, isMail: true)
            return true
        } catch let error as OutboundError {
            guard !isFresh, dialogue.isUnheard, transfer.hasReusedConnection else { throw dialogue.explained(error) }
            return false
        }
    }

    private func reach(_ settings: SMTPSettings, on transfer: borrowing Transfer) throws {
        try transfer.set(CURLOPT_URL, try settings.url())
        try transfer.set(CURLOPT_PROTOCOLS_STR, settings.security == .implicitTLS ? "smtps" : "smtp")
        try transfer.set(CURLOPT_PROXY, "")
        try transfer.setTimeouts(connect: settings.connectTimeout, total: settings.timeout)
        try transfer.set(CURLOPT_MAXLIFETIME_CONN, Self.connectionSeconds)
        let usesTLS = settings.security != .none
        try transfer.set(CURLOPT_USE_SSL, Int(usesTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_NONE.rawValue))
        try transfer.set(CURLOPT_SSL_VERIFYPEER, 1)
        try transfer.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = settings.certificateFile { try transfer.set(CURLOPT_CAINFO, file) }
        if let user = settings.user, !user.isEmpty {
            try transfer.set(CURLOPT_USERNAME, user)
            try transfer.set(CURLOPT_PASSWORD, settings.password ?? "")
        }
    }
}

/// The server that mails go out through, and the way to log in.
public struct SMTPSettings: Sendable {
    /// The encryption of the connection.
    public enum Security: Sendable, Hashable {
        /// No encryption: everything in the clear.
        case none
        /// TLS after `STARTTLS`, before anything else is sent; a server without it is an error (`EMAIL_USE_TLS`).
        case startTLS
        /// TLS from the first byte (`EMAIL_USE_SSL`).
        case implicitTLS
    }

    /// A host name or an address, IPv6 without brackets.
    public var host: String
    /// 1 to 65,535: usually 587 for STARTTLS, 465 for TLS from the first byte.
    public var port: Int
    /// The user name; nil or empty for a server that asks for no login.
    public var user: String?
    /// The password; nil counts as empty.
    public var password: String?
    /// The encryption that the server is reached with.
    public var security: Security
    /// The time limit for reaching the server, handshake included.
    public var connectTimeout: TimeSpan
    /// The time limit for a whole mail.
    public var timeout: TimeSpan
    /// A PEM file of authorities to trust in place of the system's.
    public var certificateFile: String?

    /// Creates settings; a mail is given up after a minute unless given.
    public init(
        host: String, port: Int, user: String? = nil, password: String? = nil, security: Security,
        connectTimeout: TimeSpan = .seconds(10), timeout: TimeSpan = .seconds(60), certificateFile: String? = nil
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.security = security
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.certificateFile = certificateFile
    }

    /// Returns the URL for libcurl.
    ///
    /// - Throws: `OutboundError` of kind `.invalid` for a malformed host or port.
    func url() throws -> String {
        let isName = host.utf8.allSatisfy { byte in
            OutboundHeader.isTokenByte(byte) && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "#")
        }
        let isIPv6 = host.holds(":") && PeerAddress(host) != nil
        guard !host.isEmpty, isName || isIPv6, (1...65_535).contains(port) else {
            throw OutboundError(.invalid, "the mail server's host or port is malformed")
        }
        let scheme = security == .implicitTLS ? "smtps" : "smtp"
        return "\(scheme)://\(isIPv6 ? "[\(host)]" : host):\(port)"
    }
}
