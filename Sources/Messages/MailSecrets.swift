import Primitives

/// Seals what must not be readable in a job's row: the tokens in a mail.
///
/// The sender puts the sealed text under ``key`` of the mail's context; the renderer of the template opens it and adds
/// the members to the context.
public struct MailSecrets: Sendable {
    /// The name under which a mail's context holds the sealed members.
    public static let key = "sealed"

    private let box: SecretBox

    /// Creates a box for mails, with a key of its own derived from `secret`.
    public init(_ secret: SecretKey) {
        self.box = SecretBox(secret, purpose: "mail-secrets")
    }

    /// Returns `members` as one sealed text that only a mail to `recipient` can use.
    ///
    /// - Throws: `CryptoKitError`, `EncodingError`.
    public func seal(_ members: [String: JSONValue], for recipient: String) throws -> String {
        let text = String(decoding: try JSONBytes.encode(JSONValue.object(members)), as: UTF8.self)
        return try box.seal(text, context: recipient)
    }

    /// Returns the text of `job` in clear.
    ///
    /// - Throws: `SealedTextError` where it was sealed under another key.
    public func opened(_ job: SMSJob) throws(SealedTextError) -> String {
        guard let sealed = job.sealedText else { return job.text }
        guard case .string(let message)? = try members(of: sealed, for: job.recipient)[SMSJob.key] else {
            throw SealedTextError()
        }
        return message
    }

    /// Returns the context of `job` with its sealed members in clear; unchanged where nothing was sealed.
    ///
    /// - Throws: `SealedTextError` where it was sealed under another key: a mail without its link would be worse than
    ///   none.
    public func opened(_ job: MailJob) throws(SealedTextError) -> JSONValue {
        guard case .object(var members) = job.context, case .string(let sealed) = members[Self.key] else {
            return job.context
        }
        let secrets = try self.members(of: sealed, for: job.recipient)
        members[Self.key] = nil
        return .object(members.merging(secrets) { _, secret in secret })
    }

    private func members(of sealed: String, for recipient: String) throws(SealedTextError) -> [String: JSONValue] {
        let text = try box.open(sealed, context: recipient)
        guard case .object(let members)? = try? JSONValue(parsing: text.utf8) else { throw SealedTextError() }
        return members
    }
}
