import CCurl

/// The body of a mail as libcurl's MIME parts: the text, and beside it as an alternative the HTML.
enum MailBody {
    /// Adds the parts of `message` to `body`.
    ///
    /// - Throws: `OutboundError` of kind `.unavailable` where memory is short.
    static func fill(_ body: OpaquePointer, with message: MailMessage, on transfer: borrowing Transfer) throws {
        guard let html = message.html else { return try add(message.text, "text/plain", to: body) }
        let alternatives = try transfer.makeMIME()
        let part = curl_mime_addpart(body)
        // From here on the alternatives are freed together with the body.
        guard let part, curl_mime_subparts(part, alternatives) == CURLE_OK else {
            curl_mime_free(alternatives)
            throw OutboundError(.unavailable, "no memory for a mail")
        }
        try check(curl_mime_type(part, "multipart/alternative"))
        let disposition = curl_slist_append(nil, "Content-Disposition: inline")
        guard curl_mime_headers(part, disposition, 1) == CURLE_OK else {
            curl_slist_free_all(disposition)
            throw OutboundError(.unavailable, "no memory for a mail")
        }
        try add(message.text, "text/plain", to: alternatives)
        try add(html, "text/html", to: alternatives)
    }

    private static func add(_ text: String, _ type: String, to mime: OpaquePointer) throws {
        guard let part = curl_mime_addpart(mime) else { throw OutboundError(.unavailable, "no memory for a mail") }
        let bytes = withNetworkLines(text)
        try bytes.withUnsafeBytes { buffer in
            try check(curl_mime_data(part, buffer.bindMemory(to: CChar.self).baseAddress, buffer.count))
        }
        try check(curl_mime_type(part, type + "; charset=utf-8"))
        try check(curl_mime_encoder(part, "quoted-printable"))
    }

    /// Returns the text's bytes with every line ended by CR LF, the last one too.
    static func withNetworkLines(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + text.utf8.count / 32 + 2)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\r"): bytes += [0x0D, 0x0A]
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"): bytes += [0x0D, 0x0A]
            default: bytes.append(byte)
            }
            previous = byte
        }
        if !bytes.isEmpty, bytes.last != 0x0A { bytes += [0x0D, 0x0A] }
        return bytes
    }

    private static func check(_ code: CURLcode) throws {
        if code != CURLE_OK { throw OutboundError(code) }
    }
}
