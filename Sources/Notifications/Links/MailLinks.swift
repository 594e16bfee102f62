import Commerce
import Messages
import Modules
import Primitives

/// The links of mails that lead to the shop itself: signed, so that nobody makes their own.
struct MailLinks: Sendable {
    /// What a link is for.
    enum Target: Sendable, Hashable {
        /// Leaves a list.
        case unsubscribe(UserID, MailKind)
        /// Tells that the mail of a job was opened.
        case open(String)
        /// Tells that a link in the mail of a job was followed, and leads on.
        case click(String, url: String)
    }

    /// The longest address that is followed by way of the shop.
    private static let maxURL = 1_500
    private static let signatureBytes = 16

    private let key: [UInt8]
    private let address: PublicAddress

    init(_ secret: SecretKey, address: PublicAddress) {
        key = secret.derive("mail-links")
        self.address = address
    }

    /// Returns the address by which a user ends mails of a purpose, by a page or by one request.
    func unsubscribe(_ user: UserID, _ purpose: MailKind) -> String {
        address.text + "/api/notifications/unsubscribe/" + token(["u", user.description, purpose.rawValue]) + "/"
    }

    /// Returns the address of the picture that tells of an opened mail.
    func open(_ job: String) -> String { address.text + "/api/notifications/track/open/" + token(["o", job]) + "/" }

    /// Returns the address by which a link is followed; the link itself where it is too long for that.
    func click(_ job: String, to url: String) -> String {
        guard url.utf8.count <= Self.maxURL else { return url }
        return address.text + "/api/notifications/track/click/" + token(["c", job, url]) + "/"
    }

    /// Returns what a token was made for; nil for one that the shop has not made.
    func target(of token: String) -> Target? {
        let (text, signature) = token.halves(at: ".")
        guard let signature, let bytes = Base64URL.decode(String(text)), let sent = Base64URL.decode(String(signature)),
            Digest.equal(sent, sign(bytes))
        else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).cut(at: "\n", cuts: 2).map(String.init)
        switch (parts.first, parts.count) {
        case ("u", 3):
            guard let user = Int64(parts[1]), let purpose = MailKind(rawValue: parts[2]) else { return nil }
            return .unsubscribe(UserID(user), purpose)
        case ("o", 2): return .open(parts[1])
        case ("c", 3): return .click(parts[1], url: parts[2])
        default: return nil
        }
    }

    private func token(_ parts: [String]) -> String {
        let bytes = Array(parts.joined(separator: "\n").utf8)
        return Base64URL.encode(bytes) + "." + Base64URL.encode(sign(bytes))
    }

    private func sign(_ bytes: [UInt8]) -> [UInt8] { Array(Digest.hmac(bytes, key: key).prefix(Self.signatureBytes)) }
}
