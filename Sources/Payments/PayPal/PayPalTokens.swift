import Outbound
import Primitives
import Synchronization

/// The access token of the API, kept until a minute before it expires (developer.paypal.com/api/rest/authentication).
final class PayPalTokens: Sendable {
    private struct Token {
        let text: String
        let until: Timestamp
    }

    /// The time before its end from which a token is not used any more.
    private static let margin = TimeSpan.seconds(60)

    private let settings: PayPalSettings
    private let channel: GatewayChannel
    private let kept = Mutex<Token?>(nil)

    init(_ settings: PayPalSettings, _ channel: GatewayChannel) {
        self.settings = settings
        self.channel = channel
    }

    /// Returns a token; a new one where the kept one ends soon, or is `refused`, which the API no longer took.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func token(insteadOf refused: String? = nil) async throws -> String {
        let now = channel.time.now
        let token = kept.withLock { token in
            if let held = token, held.until <= now || held.text == refused { token = nil }
            return token
        }
        if let token { return token.text }
        let fresh = try await fetch(at: now)
        kept.withLock { $0 = fresh }
        return fresh.text
    }

    private func fetch(at now: Timestamp) async throws -> Token {
        let login = Base64.encode(Array("\(settings.clientID):\(settings.secret)".utf8))
        let request = OutboundRequest(
            "POST", settings.base + "/v1/oauth2/token",
            headers: [
                OutboundHeader("Authorization", "Basic " + login), OutboundHeader("Accept", "application/json"),
                OutboundHeader("Content-Type", "application/x-www-form-urlencoded"),
            ], body: Array("grant_type=client_credentials".utf8))
        let answer = try PayPalAnswer.read(try await channel.send(request, .safe, "token"))
        guard let text = answer["access_token"].text, let seconds = answer["expires_in"].number else {
            throw GatewayError.unavailable("its answer has no token", isUndone: true)
        }
        return Token(text: text, until: now + .seconds(min(seconds, 86_400)) - Self.margin)
    }
}
