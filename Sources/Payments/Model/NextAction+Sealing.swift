import Primitives

extension NextAction {
    /// The form in which it is stored with its payment, before it is sealed.
    private var json: JSONValue {
        switch self {
        case .clientSecret(let secret, let key):
            .object(["type": .string("client_secret"), "secret": .string(secret), "key": .string(key)])
        case .redirect(let url): .object(["type": .string("redirect"), "url": .string(url)])
        case .razorpayCheckout(let order, let key):
            .object(["type": .string("razorpay_checkout"), "order": .string(order), "key": .string(key)])
        }
    }

    private init?(_ json: JSONValue) {
        func text(_ name: String) -> String { if case .string(let text) = json[name] { text } else { "" } }
        switch text("type") {
        case "client_secret": self = .clientSecret(text("secret"), publicKey: text("key"))
        case "redirect": self = .redirect(text("url"))
        case "razorpay_checkout": self = .razorpayCheckout(order: text("order"), publicKey: text("key"))
        default: return nil
        }
    }

    /// Seals it for the payment of this transaction id: who has the database alone cannot pay with it.
    ///
    /// - Throws: `CryptoKitError`, `EncodingError`.
    func sealed(in box: SecretBox, _ transactionID: String) throws -> String {
        try box.seal(String(decoding: JSONBytes.encode(json), as: UTF8.self), context: transactionID)
    }

    /// Opens what was sealed; nil where that cannot be opened any more, since it is only ever needed by a browser.
    init?(sealed text: String, in box: SecretBox, _ transactionID: String) {
        guard let opened = try? box.open(text, context: transactionID),
            let json = try? JSONValue(parsing: Array(opened.utf8))
        else { return nil }
        self.init(json)
    }
}
