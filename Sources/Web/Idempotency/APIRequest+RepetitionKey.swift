import HTTPTypes

extension APIRequest {
    /// Returns a digest of the caller and its `Idempotency-Key`, for a row that a repetition of this request finds although the first one
    /// left no answer: its process died after the row was committed. Nil without the header; 64 hexadecimal digits.
    public var repetitionKey: String? {
        guard identity != nil else { return nil }
        return (try? IdempotencyKey(of: self, .user))?.digest
    }
}
