import Jobs
import Outbound
import Primitives

/// What a failure to send a mail means.
enum MailRefusal: Sendable, Equatable {
    /// The mail may go later: the server is down, slow, or asks to wait.
    case later(String)
    /// The recipient's address takes no mail.
    case address(String)
    /// The mail itself was refused for good.
    case mail(String)

    /// Reads an error: a reply of 400 to 499 asks to wait, and what is refused before the mail is known of is about the
    /// server or the login, not about the mail.
    init(_ error: any Error) {
        switch error {
        case let error as OutboundError: self = Self.reading(error)
        case JobFailure.permanent(let reason): self = .mail(reason)
        default: self = .later(JobFailure.reason(of: error).prefix(scalars: 500))
        }
    }

    private static func reading(_ error: OutboundError) -> MailRefusal {
        guard let reply = error.reply else {
            return error.mayRetry ? .later(error.description) : .mail(error.description)
        }
        let words = "\(reply.step.rawValue): \(reply.code) \(reply.text)"
        if reply.code < 500 || reply.step == .session { return .later(words) }
        let isLost = reply.step == .recipient && isAboutAddress(status: reply.status, code: reply.code)
        return isLost ? .address(words) : .mail(words)
    }

    /// Returns whether a refusal for good means the address: by its enhanced status (RFC 3463), else by its code.
    ///
    /// `5.1.x` and `5.2.x` are about the address and its mailbox, but `5.2.2` and `5.2.3` are a full one and a mail that
    /// is too large, and `5.1.7` and `5.1.8` are about the sender. `5.7.x` is policy, `5.3.x` to `5.6.x` are about systems and mails.
    static func isAboutAddress(status: String?, code: Int) -> Bool {
        guard let status else { return [550, 551, 553].contains(code) }
        let parts = status.cut(at: ".").map(String.init)
        guard parts.count == 3, parts[0] == "5" else { return false }
        switch parts[1] {
        case "0": return true
        case "1": return !["7", "8"].contains(parts[2])
        case "2": return !["2", "3"].contains(parts[2])
        case "4": return parts[2] == "4"
        default: return false
        }
    }
}
