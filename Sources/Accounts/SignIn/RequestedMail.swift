import Commerce
import Jobs
import Primitives

/// A mail that somebody asked for at an address that may be an account's.
///
/// Whether it is, the job finds out: the request does the same work for every address, so that not even its time tells.
public struct RequestedMail: JobPayload {
    /// Stored with each job, and so never changed.
    public static let kind = "accounts.requested_mail"

    let purpose: MailPurpose
    /// In its compared form.
    let recipient: String

    /// The recipient, so that an erasure finds the job by the address.
    public var person: JobPerson? { .recipient(recipient) }
}
