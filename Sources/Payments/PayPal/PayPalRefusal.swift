/// What the API refuses (developer.paypal.com/api/rest/reference/orders/v2/errors, …/payments/v2/errors).
enum PayPalRefusal {
    /// The payer, the payer's bank or PayPal's risk check says no: another way to pay may do.
    private static let declined: Set = [
        "INSTRUMENT_DECLINED", "PAYER_CANNOT_PAY", "PAYER_ACCOUNT_RESTRICTED", "PAYER_ACCOUNT_LOCKED_OR_CLOSED",
        "TRANSACTION_REFUSED", "TRANSACTION_BLOCKED_BY_PAYEE", "PAYEE_BLOCKED_TRANSACTION",
        "TRANSACTION_LIMIT_EXCEEDED", "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING",
        "COMPLIANCE_VIOLATION", "PAYMENT_DENIED", "CARD_EXPIRED", "CARD_CLOSED", "PAYER_ACTION_REQUIRED",
    ]
    /// The request under this id is at work: its answer comes with a later repetition.
    private static let busy: Set = ["PREVIOUS_REQUEST_IN_PROGRESS", "RESOURCE_CONFLICT"]
    /// What the call was to do has been done, perhaps by itself in an attempt whose answer was lost.
    private static let done: Set = [
        "ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_AUTHORIZED", "ORDER_ALREADY_COMPLETED", "DUPLICATE_INVOICE_ID",
        "AUTHORIZATION_ALREADY_CAPTURED", "PREVIOUSLY_CAPTURED", "PREVIOUSLY_VOIDED", "AUTHORIZATION_VOIDED",
        "MAX_CAPTURE_COUNT_EXCEEDED", "CAPTURE_FULLY_REFUNDED", "REFUND_AMOUNT_EXCEEDED",
    ]

    /// The words that a payer reads.
    static let words = "PayPal declined the payment. Please choose another way to pay."

    /// Returns the error of an answer from 400 on.
    static func error(_ status: Int, _ fields: PayPalFields) -> GatewayError {
        let detail = fields["details"].elements.first
        let code = detail?["issue"].text ?? fields["name"].text ?? fields["error"].text ?? ""
        if busy.contains(code) { return .unavailable("it is still at work: \(code)", isUndone: false) }
        if declined.contains(code) { return .declined(code: code, words) }
        let description = detail?["description"].text ?? fields["message"].text ?? fields["error_description"].text
        return .refused(status: status, code: code, (description ?? "") + debugID(fields))
    }

    private static func debugID(_ fields: PayPalFields) -> String {
        fields["debug_id"].text.map { " (debug id \($0))" } ?? ""
    }

    /// Returns whether an error says that something of that kind was done before.
    static func saysDone(_ error: GatewayError) -> Bool {
        if case .refused(_, let code, _) = error { done.contains(code) } else { false }
    }
}
