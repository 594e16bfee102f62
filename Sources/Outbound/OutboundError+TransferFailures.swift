import CCurl

extension OutboundError {
    /// Creates the error of libcurl's code; `mailReply` is the last reply of a mail server, which is more exact where
    /// it is a refusal.
    init(_ code: CURLcode, mailReply: Int? = nil) {
        let detail = curl_easy_strerror(code).map { String(cString: $0) } ?? "libcurl \(code.rawValue)"
        let kind = Self.kind(of: code)
        if let mailReply, mailReply >= 400, kind == .disconnected || kind == .protocolViolation {
            self.init(.smtp(mailReply), detail)
        } else {
            self.init(kind, detail)
        }
    }

    private static func kind(of code: CURLcode) -> Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .connect
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_FILESIZE_EXCEEDED: .tooLarge
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .disconnected
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: .invalid
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: .unavailable
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            .tls
        default: .protocolViolation
        }
    }
}
