import Commerce
import Primitives

/// What an order tells of the payments that were made of it.
extension PayPalFields {
    private func payments(_ kind: String, _ statuses: Set<String>) -> [PayPalFields] {
        self["purchase_units"].elements.flatMap { $0["payments"][kind].elements }
            .filter { $0["status"].text.map(statuses.contains) ?? false }
    }

    /// Whether a capture is at work.
    var hasPendingCapture: Bool { !payments("captures", ["PENDING"]).isEmpty }

    /// The ids of the authorizations that can be captured or voided.
    var openAuthorizations: [String] {
        payments("authorizations", ["CREATED", "PENDING", "PARTIALLY_CAPTURED"]).compactMap { $0["id"].text }
    }

    /// Returns the amount of the order.
    ///
    /// - Throws: `GatewayError.unavailable` where there is none in the currency.
    func total(_ currency: Currency) throws(GatewayError) -> Money {
        try PayPalMoney.read(self["purchase_units"].elements.first?["amount"] ?? PayPalFields(.null), currency)
    }
}
