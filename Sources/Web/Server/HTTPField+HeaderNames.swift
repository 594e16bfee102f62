import HTTPTypes

extension HTTPField.Name {
    /// Returns a header name written in the source, which is always valid.
    private static func known(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }

    static let xRequestID = known("X-Request-ID")
    static let host = known("Host")
    static let forwarded = known("Forwarded")
    static let xForwardedFor = known("X-Forwarded-For")
    static let xForwardedProto = known("X-Forwarded-Proto")
    /// `X-Frame-Options`, which says who may show a page within one of theirs.
    public static let xFrameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let xSQLStatements = known("X-SQL-Statements")
    /// `Idempotency-Key`, which names a request that may be repeated.
    public static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let xSessionKey = known("X-Session-Key")
}
