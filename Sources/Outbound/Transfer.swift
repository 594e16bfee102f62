import CCurl

/// A libcurl handle for one transfer on the thread that owns it.
struct Transfer: ~Copyable {
    private let handle: UnsafeMutableRawPointer?
    let ticket: TransferTicket

    init(handle: UnsafeMutableRawPointer?, ticket: TransferTicket) {
        self.handle = handle
        self.ticket = ticket
    }

    /// Sets an option.
    ///
    /// - Throws: `OutboundError` where libcurl does not take the value; so do the functions below.
    func set(_ option: CURLoption, _ value: Int) throws { try check(kcurl_set_long(handle, option, value)) }

    func set(_ option: CURLoption, _ value: String) throws {
        guard !value.utf8.contains(0) else { throw OutboundError(.invalid, "a NUL in a setting") }
        try check(kcurl_set_string(handle, option, value))
    }

    func set(_ option: CURLoption, bytes value: Int) throws {
        try check(kcurl_set_offset(handle, option, curl_off_t(value)))
    }

    func set(_ option: CURLoption, _ list: borrowing CurlList) throws {
        try check(kcurl_set_list(handle, option, list.first))
    }

    func set(body: [UInt8]) throws { try check(kcurl_set_body(handle, body, body.count)) }

    func set(mime: OpaquePointer) throws { try check(kcurl_set_mime(handle, mime)) }

    /// Returns a MIME body for this transfer; to be freed by `curl_mime_free` once it is over.
    func makeMIME() throws -> OpaquePointer {
        guard let mime = curl_mime_init(handle) else { throw OutboundError(.unavailable, "no memory for a MIME body") }
        return mime
    }

    /// Connects the handle to what receives the response and decides on addresses.
    private func connect(to sink: TransferSink) throws {
        let context = Unmanaged.passUnretained(sink).toOpaque()
        try check(
            kcurl_set_transfer(handle, CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA, TransferSink.receiveBody, context))
        try check(
            kcurl_set_transfer(handle, CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, TransferSink.receiveHeader, context))
        try check(kcurl_set_progress(handle, TransferSink.reportProgress, context))
        guard sink.checksAddresses else { return }
        try check(kcurl_set_open_socket(handle, TransferSink.openSocket, context))
        try check(kcurl_set_before_request(handle, TransferSink.approveAddress, context))
    }

    /// Has `dialogue` told what is said on the connection.
    func follow(with dialogue: MailDialogue) throws {
        let context = Unmanaged.passUnretained(dialogue).toOpaque()
        try check(kcurl_set_debug(handle, MailDialogue.hear, context))
    }

    /// Whether the last transfer went over a connection that an earlier one had left open.
    var hasReusedConnection: Bool {
        var count = 0
        return kcurl_get_long(handle, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK && count == 0
    }

    /// Blocks until the transfer is over and returns the code of the last response or reply.
    ///
    /// - Throws: `OutboundError`; `CancellationError` where the ticket was canceled.
    func perform(into sink: TransferSink, isMail: Bool = false) throws -> Int {
        try connect(to: sink)
        let result = withExtendedLifetime(sink) { curl_easy_perform(handle) }
        var code = 0
        kcurl_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
        if result == CURLE_OK || sink.hasEnough && result == CURLE_WRITE_ERROR { return code }
        if ticket.isCancelled { throw CancellationError() }
        if sink.hasRefusedAddress { throw OutboundError(.refusedAddress, "the address is not public") }
        if sink.isOverfull { throw OutboundError(.tooLarge, "the answer is larger than it may be") }
        throw OutboundError(result, mailReply: isMail ? code : nil)
    }

    private func check(_ code: CURLcode) throws {
        if code != CURLE_OK { throw OutboundError(code) }
    }
}

/// A list of C strings that libcurl reads during a transfer.
struct CurlList: ~Copyable {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    /// Creates a list of copies of these texts.
    ///
    /// - Throws: `OutboundError` of kind `.unavailable` where memory is short.
    init(_ texts: [String]) throws {
        self.first = nil
        for text in texts {
            guard let longer = curl_slist_append(first, text) else {
                throw OutboundError(.unavailable, "no memory for a list")
            }
            first = longer
        }
    }

    deinit { curl_slist_free_all(first) }
}
