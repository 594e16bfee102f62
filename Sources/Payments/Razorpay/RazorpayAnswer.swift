import Outbound
import Primitives

/// Reads what Razorpay answers below 500.
///
/// https://razorpay.com/docs/errors/
enum RazorpayAnswer {
    /// Returns the object of a good answer.
    ///
    /// - Throws: `GatewayError` for a refusal, and for an answer that is none of Razorpay's.
    static func entity(_ response: OutboundResponse) throws(GatewayError) -> RazorpayEntity {
        guard isJSON(response), let json = try? JSONValue(parsing: response.body), let entity = RazorpayEntity(json)
        else { throw .unavailable("its answer of status \(response.status) is no JSON object", isUndone: false) }
        guard (200..<300).contains(response.status) else { throw error(response.status, entity) }
        return entity
    }

    /// Returns whether a refusal says that there is nothing of that id: Razorpay answers 400 to an unknown one.
    static func isNotFound(_ error: GatewayError) -> Bool {
        guard case .refused(let status, _, let words) = error else { return false }
        return status == 404 || words.holds(text: "does not exist") || words.holds(text: "is not a valid id")
    }

    private static func isJSON(_ response: OutboundResponse) -> Bool {
        let type = response.header("Content-Type")?.halves(at: ";").0.trimmed.lowercased()
        return type?.isSame(as: "application/json") ?? false
    }

    private static func error(_ status: Int, _ entity: RazorpayEntity) -> GatewayError {
        guard let error = RazorpayEntity(entity.json["error"]) else {
            return .unavailable("its answer of status \(status) names no error", isUndone: false)
        }
        let words = error.text("description") ?? ""
        let code = error.text("code") ?? ""
        if failures.contains(code) || isInProgress(status, words) {
            return .unavailable("\(code): \(words)", isUndone: false)
        }
        if let source = error.text("source"), payers.contains(source) {
            return .declined(code: error.text("reason") ?? code, words)
        }
        return .refused(status: status, code: code, words)
    }

    /// Whether the same request is at work already, under the same idempotency key.
    private static func isInProgress(_ status: Int, _ words: String) -> Bool {
        status == 409 && words.holds(text: "in progress")
    }

    /// The codes of failures that are not the request's.
    private static let failures: Set = ["GATEWAY_ERROR", "SERVER_ERROR"]
    /// The sources of errors that are the payer's or the payer's bank's
    /// (https://razorpay.com/docs/errors/payments/payment-methods-error-parameters/).
    private static let payers: Set = ["customer", "customer_psp", "issuer_bank", "bank"]
}
