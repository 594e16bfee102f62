import Commerce
import Modules
import Primitives
import SQL

/// What the log of mails and the lists of addresses know of a person.
enum EmailLogErasure {
    /// What goes into a user's archive.
    static let archive = ArchivePart(
        "mails",
        ["email", "template_type", "subject", "status", "created_at", "sent_at", "opened_at", "clicked_at"]
    ) {
        "email_logs WHERE user_id = \($0.id) ORDER BY id"
    }

    /// Erases what is kept by an address while it was the user's.
    ///
    /// - Throws: `SQLError`, `CancellationError`.
    static func eraseAddresses(of user: ErasedUser, _ work: ErasureWork) async throws {
        for address in user.addresses {
            let email = MailRecipient.key(address.email)
            try await work.repeated {
                try EmailLogQueries.erase(to: email, until: address.until, limit: ErasureWork.chunk, $0)
            }
            try await work.repeated { try BounceQueries.erase(email, limit: ErasureWork.chunk, $0) }
            try await work.repeated { try SuppressionQueries.erase(email, $0) }
        }
    }
}
