import Primitives

/// Strong entity tags (RFC 9110, section 8.8.3): a digest of the body, with a mark for its encoding.
enum EntityTag {
    static func tag(of body: [UInt8], isGzip: Bool) -> String {
        "\"" + Hex.encode(Digest.sha256(body).prefix(16)) + (isGzip ? "-gz\"" : "\"")
    }

    /// Returns whether `If-None-Match` names `tag`; compared weakly, as section 13.1.2 wants.
    static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        if header.isSame(as: tag) { return true }
        return header.cut(at: ",").contains { candidate in
            let candidate = candidate.trimmed
            return candidate == "*" || candidate == tag || candidate == "W/" + tag
        }
    }
}
