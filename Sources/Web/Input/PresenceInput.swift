/// What proves that the person is there, where a handler asks by `APIRequest.confirmPresence(password:code:)`.
public struct PresenceInput: Input {
    /// The account's password; nil where it was not sent.
    public let password: String?
    /// A code of the second factor; nil where it was not sent.
    public let code: String?

    /// Reads `password` and `code`.
    public init(_ fields: Fields) {
        password = fields.optionalString("password", length: 1...200, trims: false)
        code = fields.optionalString("code", length: 1...40)
    }
}
