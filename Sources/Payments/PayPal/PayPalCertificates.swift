import Outbound
import Primitives
import Synchronization

/// The certificates that PayPal signs webhooks with, kept by their addresses once their chains were found good.
final class PayPalCertificates: Sendable {
    /// The most certificates that are kept; PayPal has a few.
    private static let most = 16

    private let settings: PayPalSettings
    private let channel: GatewayChannel
    private let kept = Mutex<[String: PayPalSigner]>([:])

    init(_ settings: PayPalSettings, _ channel: GatewayChannel) {
        self.settings = settings
        self.channel = channel
    }

    /// Returns the signer whose certificate is at an address of PayPal's.
    ///
    /// - Throws: `GatewayError.badSignature` for other addresses and certificates that are not PayPal's or not valid `now`;
    ///   `GatewayError.unavailable` where there is no answer; `CancellationError`.
    func signer(_ url: String, at now: Timestamp) async throws -> PayPalSigner {
        guard isPinned(url) else { throw GatewayError.badSignature("The certificate is not at PayPal's address.") }
        if let signer = kept.withLock({ $0[url] }), signer.isValid(at: now) { return signer }
        let signer = try await PayPalSigner(chain: try await fetch(url), settings, at: now)
        kept.withLock { kept in
            if kept.count >= Self.most { kept.removeAll() }
            kept[url] = signer
        }
        return signer
    }

    private func isPinned(_ url: String) -> Bool {
        settings.certificateFolders.contains { folder in
            guard let name = url.after(folder) else { return false }
            return !name.isEmpty && name.unicodeScalars.allSatisfy(\.isPlainWord)
        }
    }

    private func fetch(_ url: String) async throws -> [UInt8] {
        let response = try await channel.send(OutboundRequest("GET", url), .safe, "get certificate")
        switch response.status {
        case 200: return response.body
        case 400, 404, 410: throw GatewayError.badSignature("PayPal has no such certificate.")
        default: throw GatewayError.unavailable("it answers \(response.status) for a certificate", isUndone: true)
        }
    }
}
