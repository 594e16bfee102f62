import CCurl
import Primitives

/// A mail server's refusal: at what, and in which words.
public struct MailReply: Sendable, Hashable {
    /// The step at which a server refuses (RFC 5321).
    public enum Step: String, Sendable, Hashable {
        /// The greeting, EHLO, STARTTLS or the login: nothing is known of the mail yet.
        case session
        /// `MAIL FROM`.
        case sender
        /// `RCPT TO`.
        case recipient
        /// `DATA`, and what was sent after it.
        case content
    }

    /// The step.
    public let step: Step
    /// The reply code, 400 to 599.
    public let code: Int
    /// The words after the code, those of several lines in a row; at most 500 characters.
    public let text: String

    /// A refusal.
    public init(_ step: Step, code: Int, text: String) {
        self.step = step
        self.code = code
        self.text = text
    }

    /// The enhanced status code at the beginning of the words (RFC 3463), such as `5.1.1`; nil where there is none.
    public var status: String? {
        guard let word = text.words.first else { return nil }
        let parts = word.cut(at: ".")
        let isStatus = parts.count == 3 && parts.allSatisfy { (1...3).contains($0.utf8.count) && Int($0) != nil }
        return isStatus ? String(word) : nil
    }
}

/// What is said on a connection to a mail server, as far as it explains a refusal. Passwords pass by and are not kept.
///
/// Used by one thread only, from before `curl_easy_perform` until it returns.
final class MailDialogue {
    private var step = MailReply.Step.session
    private var reply = ""
    private var isOpen = false
    private var isOver = false

    static let hear: curl_debug_callback = { _, kind, bytes, count, context in
        guard let bytes, let context else { return 0 }
        let dialogue = Unmanaged<MailDialogue>.fromOpaque(context).takeUnretainedValue()
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
        switch kind {
        case CURLINFO_HEADER_OUT: dialogue.say(buffer)
        case CURLINFO_HEADER_IN: dialogue.receive(buffer)
        default: break
        }
        return 0
    }

    /// Whether the server has not been told of a recipient, so that the mail may be sent again without a double.
    var isUnheard: Bool { step == .session || step == .sender }

    /// Returns the error with the server's words, where it has refused.
    func explained(_ error: OutboundError) -> OutboundError {
        guard case .smtp(let code) = error.kind else { return error }
        let words = reply.cut(at: "\n", keepsEmpty: false).map { line in
            String(line.unicodeScalars.dropFirst(4)).trimmed
        }
        let text = words.joined(separator: " ").replacing(scalars: { $0.value < 0x20 || $0.value == 0x7F ? " " : nil })
        let kept = MailReply(step, code: code, text: text.prefix(scalars: 500))
        return OutboundError(error.kind, "\(code) \(kept.text)", reply: kept)
    }

    private func say(_ bytes: UnsafeRawBufferPointer) {
        isOpen = false
        let verb = String(decoding: bytes.prefix(4), as: UTF8.self).uppercased()
        switch verb {
        case "MAIL": step = .sender
        case "RCPT": step = .recipient
        case "DATA": step = .content
        // libcurl takes its leave before it tells of a refusal.
        case "QUIT": isOver = true
        default: break
        }
    }

    /// Keeps the lines of the last reply.
    private func receive(_ bytes: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        if !isOpen { reply = "" }
        let line = String(decoding: bytes.prefix(1_000), as: UTF8.self)
        isOpen = line.utf8.count > 3 && line.utf8.dropFirst(3).first == UInt8(ascii: "-")
        if reply.utf8.count < 4_000 { reply += line.ends(with: "\n") ? line : line + "\n" }
    }
}
