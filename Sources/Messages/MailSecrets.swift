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

    /// The text of `job` in clear; nil where it was sealed under another key.
    public func opened(_ job: SMSJob) -> String? {
        guard let sealed = job.sealedText else { return job.text }
        guard let text = box.open(sealed, context: job.recipient),
            case .object(let members) = try? JSONValue(parsing: Array(text.utf8)),
            case .string(let message) = members[SMSJob.key]
        else { return nil }
        return message
    }

    /// The context of `job` with what was sealed for it in clear; as it is where nothing was.
    public func opened(_ job: MailJob) -> JSONValue {
        guard case .object(var members) = job.context, case .string(let sealed) = members[Self.key],
            let text = box.open(sealed, context: job.recipient),
            case .object(let secrets) = try? JSONValue(parsing: Array(text.utf8))
        else { return job.context }
        members[Self.key] = nil
        return .object(members.merging(secrets) { _, secret in secret })
    }
}
