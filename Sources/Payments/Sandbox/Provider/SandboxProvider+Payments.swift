import Commerce
import Primitives
import SQL

extension SandboxProvider {
    /// Makes a payment; with a saved method it is paid at once.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`.
    func create(_ draft: GatewayDraft, isManual: Bool, key: String, _ tx: Transaction) throws -> JSONValue {
        try once(key, Self.parameters(of: draft, isManual: isManual), tx) {
            var payment = try payment(draft, isManual: isManual, tx)
            payment.id = try SandboxPaymentQueries.insert(payment, tx)
            if let saved = draft.savedMethod { try pay(&payment, with: saved, tx) }
            return try object(of: payment, tx)
        }
    }

    /// Captures an authorized payment: so much of it, the rest is given back.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`.
    func capture(_ capture: GatewayCapture, key: String, _ tx: Transaction) throws -> JSONValue {
        try once(key, ["capture"] + Self.words(capture.names, capture.amount, capture.currency), tx) {
            var payment = try lock(capture.names, tx)
            guard payment.status == .requiresCapture else { throw SandboxRefusal.state(payment) }
            try check(capture.amount, capture.currency, of: payment)
            guard capture.amount <= payment.authorized else {
                throw SandboxRefusal.invalid("amount_too_large", "more than was authorized")
            }
            try collect(capture.amount, of: &payment, tx)
            return try object(of: payment, tx)
        }
    }

    /// Cancels a payment that is not captured and at which no bank is at work.
    ///
    /// - Throws: `GatewayError.refused`, `SQLError`.
    func void(_ names: GatewayLookup, key: String, _ tx: Transaction) throws -> JSONValue {
        try once(key, ["void", names.reference ?? names.transactionID], tx) {
            var payment = try lock(names, tx)
            guard payment.isPayable || payment.status == .requiresCapture || payment.status == .failed else {
                throw SandboxRefusal.state(payment)
            }
            try cancel(&payment, tx)
            return try object(of: payment, tx)
        }
    }

    func cancel(_ payment: inout SandboxPayment, _ tx: Transaction) throws {
        payment.status = .canceled
        try store(payment, tx, .paymentCanceled)
    }

    private func payment(_ draft: GatewayDraft, isManual: Bool, _ tx: Transaction) throws -> SandboxPayment {
        var payment = SandboxPayment()
        payment.reference = name("sbx_")
        payment.transactionID = draft.transactionID
        payment.orderNumber = draft.orderNumber
        payment.amount = draft.amount
        payment.currency = draft.currency.code
        payment.returnURL = draft.returnURL
        payment.isManual = isManual
        payment.customer = draft.customer
        payment.savesMethod = draft.savesMethod
        payment.createdAt = time.now
        try check(payment, tx)
        try check(draft.amount, draft.currency, of: payment)
        return payment
    }

    private func check(_ payment: SandboxPayment, _ tx: Transaction) throws {
        guard ReturnAddress(payment.returnURL) != nil else {
            throw SandboxRefusal.invalid("parameter_invalid", "the return URL is no http or https address")
        }
        let names = [payment.transactionID, payment.orderNumber]
        guard names.allSatisfy({ $0.unicodeScalars.count <= 100 }), !payment.transactionID.isEmpty else {
            throw SandboxRefusal.invalid("parameter_invalid", "an id is empty or longer than 100 characters")
        }
        if let customer = payment.customer, try !SandboxMethodQueries.hasCustomer(customer, tx) {
            throw SandboxRefusal.missing("customer")
        }
    }

    /// Refuses an amount that is none, or not of the payment's currency.
    func check(_ amount: Money, _ currency: Currency, of payment: SandboxPayment) throws(GatewayError) {
        guard amount > .zero else { throw SandboxRefusal.invalid("amount_too_small", "the amount is not positive") }
        guard amount <= .maximum else { throw SandboxRefusal.invalid("amount_too_large", "the amount is too large") }
        guard currency.code == payment.currency else {
            throw SandboxRefusal.invalid("currency_mismatch", "the payment is in \(payment.currency)")
        }
    }

    private static func parameters(of draft: GatewayDraft, isManual: Bool) -> [String] {
        [
            "create", draft.transactionID, draft.orderNumber, String(draft.amount.minorUnits), draft.currency.code,
            draft.returnURL, draft.customer ?? "", draft.savedMethod ?? "", String(draft.savesMethod), String(isManual),
        ]
    }

    static func words(_ names: GatewayLookup, _ amount: Money, _ currency: Currency) -> [String] {
        [names.reference ?? names.transactionID, String(amount.minorUnits), currency.code]
    }
}
