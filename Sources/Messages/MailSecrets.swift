import Primitives

/// Seals what must not stand readable in a job's row: the tokens that a mail carries.
///
/// The sender puts the sealed text under ``key`` of the mail's context; what fills in the template opens it and adds the
/// members to the context.
public struct MailSecrets: Sendable {
    /// Where in a mail's context the sealed members are.
    public static let key = "sealed"

    private let box: SecretBox

    public init(_ secret: SecretKey) {
        self.box = SecretBox(secret, purpose: "mail-secrets")
    }

    /// `members` as one sealed text that only a mail to `recipient` can use.
    ///
    /// - Throws: an error of the cipher or of the encoder.
    public func seal(_ members: [String: JSONValue], for recipient: String) throws -> String {
        let text = String(decoding: try JSONBytes.encode(JSONValue.object(members)), as: UTF8.self)
        return try box.seal(text, context: recipient)
    }

    /// Gives the text of `job` in clear.
    ///
    /// - Throws: `SealedTextError` where it was sealed under another key.
    public func opened(_ job: SMSJob) throws(SealedTextError) -> String {
        guard let sealed = job.sealedText else { return job.text }
        guard case .string(let message)? = try members(of: sealed, for: job.recipient)[SMSJob.key] else {
            throw SealedTextError()
        }
        return message
    }

    /// Gives the context of `job` with what was sealed for it in clear; as it is where nothing was.
    ///
    /// - Throws: `SealedTextError` where it was sealed under another key: a mail without its link would be worse than none.
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
