import CCurl
import Primitives

/// Sends HTTP requests to other machines: payment gateways, SMS services, the shops' own webhooks.
///
/// Certificates are always verified.
public struct HTTPClient: Sendable {
    private let threads: TransferThreads
    private let userAgent: String
    private let certificateFile: String?
    private let proxy: String?

    /// Creates a client that transfers on `threads`.
    ///
    /// `certificateFile` names a PEM file of authorities to trust in place of the system's; `proxy` is the URL of an
    /// HTTP proxy, none where it is nil. Requests that refuse private addresses go without the proxy.
    public init(
        threads: TransferThreads, userAgent: String = "Kontor", certificateFile: String? = nil, proxy: String? = nil
    ) {
        self.threads = threads
        self.userAgent = userAgent
        self.certificateFile = certificateFile
        self.proxy = proxy
    }

    /// Sends the request and returns the response, whatever its status.
    ///
    /// - Throws: `OutboundError`; `CancellationError`, within a second of the task's cancellation.
    public func send(_ request: OutboundRequest) async throws -> OutboundResponse {
        try await threads.run { transfer in try perform(request, on: transfer) }
    }

    private func perform(_ request: OutboundRequest, on transfer: borrowing Transfer) throws -> OutboundResponse {
        let sink = TransferSink(
            ticket: transfer.ticket, maxBytes: request.maxResponseBytes,
            rule: request.refusesPrivateAddresses ? .publicOr(request.allowedNetworks) : .any,
            dropsBody: request.dropsBody)
        try address(request, on: transfer)
        try limit(request, on: transfer)
        try describe(request, on: transfer)
        let headers = try CurlList(try headerLines(of: request))
        try transfer.set(CURLOPT_HTTPHEADER, headers)
        let status = try transfer.perform(into: sink)
        return OutboundResponse(status: status, headers: sink.headers, body: sink.body)
    }

    private func address(_ request: OutboundRequest, on transfer: borrowing Transfer) throws {
        guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let scheme = ["http", "https"].first(where: { request.url.lowercased().begins(with: $0 + "://") })
        else { throw OutboundError(.invalid, "the URL is not an absolute http or https URL") }
        try transfer.set(CURLOPT_URL, request.url)
        try transfer.set(CURLOPT_PROTOCOLS_STR, scheme)
        try transfer.set(CURLOPT_REDIR_PROTOCOLS_STR, scheme)
        try transfer.set(CURLOPT_PROXY, request.refusesPrivateAddresses ? "" : proxy ?? "")
        try transfer.set(CURLOPT_SSL_VERIFYPEER, 1)
        try transfer.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let certificateFile { try transfer.set(CURLOPT_CAINFO, certificateFile) }
    }

    private func limit(_ request: OutboundRequest, on transfer: borrowing Transfer) throws {
        try transfer.setTimeouts(connect: request.connectTimeout, total: request.timeout)
        if !request.dropsBody { try transfer.set(CURLOPT_MAXFILESIZE_LARGE, bytes: max(1, request.maxResponseBytes)) }
        let follows = request.maxRedirects > 0 && ["GET", "HEAD"].contains(request.method)
        try transfer.set(CURLOPT_FOLLOWLOCATION, follows ? 1 : 0)
        try transfer.set(CURLOPT_MAXREDIRS, max(0, request.maxRedirects))
    }

    private func describe(_ request: OutboundRequest, on transfer: borrowing Transfer) throws {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(OutboundHeader.isTokenByte) else {
            throw OutboundError(.invalid, "the method is malformed")
        }
        try transfer.set(CURLOPT_USERAGENT, userAgent)
        if !request.dropsBody { try transfer.set(CURLOPT_ACCEPT_ENCODING, "") }
        if request.opensConnection { try transfer.set(CURLOPT_FRESH_CONNECT, 1) }
        switch request.method {
        case "GET" where request.body.isEmpty: try transfer.set(CURLOPT_HTTPGET, 1)
        case "HEAD": try transfer.set(CURLOPT_NOBODY, 1)
        default:
            try transfer.set(body: request.body)
            try transfer.set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    /// Returns the header lines. An `Expect` header would cost a round trip, and libcurl's form content type would be a
    /// guess.
    private func headerLines(of request: OutboundRequest) throws -> [String] {
        let names = Set(request.headers.map { $0.name.lowercased() })
        var lines = try request.headers.map { try $0.line() }
        if !names.contains("expect") { lines.append("Expect:") }
        if !names.contains("content-type") { lines.append("Content-Type:") }
        return lines
    }
}

extension Transfer {
    /// Sets the time to connect and the time for everything, in milliseconds and at least one.
    ///
    /// - Throws: `OutboundError` where libcurl does not take the values.
    func setTimeouts(connect: TimeSpan, total: TimeSpan) throws {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(connect.microseconds / 1_000)))
        try set(CURLOPT_TIMEOUT_MS, max(1, Int(total.microseconds / 1_000)))
    }
}
