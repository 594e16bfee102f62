import HTTPTypes

extension HTTPField.Name {
    /// Returns a header name written in the source, which is always valid.
    private static func known(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }

    static let xRequestID = known("X-Request-ID")
    static let host = known("Host")
    static let forwarded = known("Forwarded")
    static let xForwardedFor = known("X-Forwarded-For")
    static let xForwardedProto = known("X-Forwarded-Proto")
    static let xFrameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let xSQLStatements = known("X-SQL-Statements")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let xSessionKey = known("X-Session-Key")
}
