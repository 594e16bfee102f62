import Jobs
import Outbound
import Primitives

extension SMSTransport {
    /// Creates the provider of the settings, or the built-in mailbox.
    init(_ settings: SMSSettings, client: HTTPClient) {
        switch settings {
        case .mailbox: self = .mailbox
        case .twilio(let account):
            let twilio = TwilioClient(account: account, client: client)
            self = .provider { try await twilio.send($1, to: $0) }
        }
    }
}

/// Sends text messages by Twilio's REST form (https://www.twilio.com/docs/messaging/api/message-resource).
struct TwilioClient: Sendable {
    let account: SMSSettings.Twilio
    let client: HTTPClient

    /// - Throws: `JobFailure.permanent` where Twilio will never take the message, `OutboundError` or `JobFailure.retry`
    ///   where it may later.
    func send(_ text: String, to recipient: String) async throws {
        let form = [("To", recipient), ("From", account.sender), ("Body", text)]
            .map { $0 + "=" + FormText.encoded($1) }.joined(separator: "&")
        let login = Base64.encode(Array("\(account.sid):\(account.token)".utf8))
        let answer = try await client.send(
            OutboundRequest(
                "POST", "\(account.base)/2010-04-01/Accounts/\(account.sid)/Messages.json",
                headers: [
                    OutboundHeader("Authorization", "Basic " + login),
                    OutboundHeader("Content-Type", "application/x-www-form-urlencoded"),
                ], body: Array(form.utf8)))
        switch answer.status {
        case 200..<300: return
        case 429: throw JobFailure.retry(after: .seconds(30), "Twilio asks to wait")
        case 400..<500: throw JobFailure.permanent("Twilio refused the message: \(answer.status), \(answer.twilioCode)")
        default: throw JobFailure.retry(after: .seconds(30), "Twilio answered \(answer.status)")
        }
    }
}

/// Text inside an `application/x-www-form-urlencoded` body.
enum FormText {
    static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: false
                }
            if isPlain { encoded.append(byte) } else { encoded += Array(("%" + Hex.encode([byte]).uppercased()).utf8) }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

extension OutboundResponse {
    /// Twilio's own number of what went wrong (https://www.twilio.com/docs/api/errors).
    fileprivate var twilioCode: String {
        if case .number(let code) = (try? JSONValue(parsing: body))?["code"] {
            "error \(code)"
        } else {
            "no error code"
        }
    }
}
