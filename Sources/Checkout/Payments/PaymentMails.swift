import Commerce
import Jobs
import Messages
import Orders
import Payments
import Primitives
import SQL

/// What staff are told about payments by mail.
enum PaymentTrouble: String, Sendable {
    /// Money came for an order that had come to its end.
    case onHold = "on_hold"
    /// An order was paid by two payments.
    case paidTwice = "paid_twice"
    /// The payer's bank asks for the money back.
    case disputed
}

extension PaymentFlow {
    /// Enqueues a mail to staff about a payment that needs their decision.
    ///
    /// - Throws: `SQLError`.
    func tellStaff(_ trouble: PaymentTrouble, _ payment: Payment, _ order: Order, _ tx: Transaction) throws {
        try tellStaff(trouble, payment, amount: payment.facts.captured, orderNumber: order.number, reason: "", tx)
    }

    /// Enqueues mails to staff about a payment's disputes except those that were known before.
    ///
    /// - Throws: `SQLError`.
    func tellStaff(_ payment: Payment, except known: Set<DisputeID>, _ tx: Transaction) throws {
        for dispute in try payments.disputes(of: [payment.id], in: tx) where !known.contains(dispute.id) {
            try tellStaff(dispute, payment, tx)
        }
    }

    /// Enqueues a mail to staff about a dispute that has just become known, unless it took no money.
    ///
    /// - Throws: `SQLError`.
    func tellStaff(_ dispute: Dispute, _ payment: Payment, _ tx: Transaction) throws {
        guard dispute.status != .won else { return }
        try tellStaff(
            .disputed, payment, amount: dispute.amount, orderNumber: payment.orderNumber, reason: dispute.reason, tx)
    }

    private func tellStaff(
        _ trouble: PaymentTrouble, _ payment: Payment, amount: Money, orderNumber: String, reason: String,
        _ tx: Transaction
    ) throws {
        for address in settings.staff {
            let mail = MailJob(
                template: "staff_payment_" + trouble.rawValue, to: address, userID: nil, about: payment.order,
                context: .object([
                    "order_number": .string(orderNumber), "gateway": .string(payment.gateway.rawValue),
                    "transaction_id": .string(payment.transactionID),
                    "amount": .string(currency(of: payment).text(amount)), "currency": .string(payment.currency),
                    "reason": reason.isEmpty ? .null : .string(reason),
                ]))
            try checkout.jobs.enqueue(mail, in: tx)
        }
    }
}

/// The mails about payments to staff as Kontor comes with them.
enum PaymentTemplates {
    static let all: [String: MailTemplate] = [
        "staff_payment_on_hold": template(
            [
                "Order {{order_number}} was paid after its end",
                "{{amount}} {{currency}} came by {{gateway}} for order {{order_number}}, which had been canceled before.",
                "The order waits on hold: take it on again, or refund the money.",
            ],
            german: [
                "Bestellung {{order_number}} wurde nach ihrem Ende bezahlt",
                "{{amount}} {{currency}} kamen über {{gateway}} für die Bestellung {{order_number}}, die zuvor storniert "
                    + "worden war.",
                "Die Bestellung wartet: Nehmen Sie sie wieder auf, oder erstatten Sie das Geld.",
            ]),
        "staff_payment_paid_twice": template(
            [
                "Order {{order_number}} was paid twice",
                "{{amount}} {{currency}} came by {{gateway}} for order {{order_number}}, which had been paid already.",
                "A refund waits for your approval.",
            ],
            german: [
                "Bestellung {{order_number}} wurde doppelt bezahlt",
                "{{amount}} {{currency}} kamen über {{gateway}} für die Bestellung {{order_number}}, die schon bezahlt war.",
                "Eine Erstattung wartet auf Ihre Freigabe.",
            ]),
        "staff_payment_disputed": template(
            [
                "A payment for order {{order_number}} is disputed",
                "The payer's bank asks for {{amount}} {{currency}} back, paid by {{gateway}} for order {{order_number}}."
                    + "{{#reason}} Reason: {{reason}}.{{/reason}}",
                "While the dispute is open, evidence is handed in at the gateway, until the date that it names.",
            ],
            german: [
                "Eine Zahlung der Bestellung {{order_number}} wird angefochten",
                "Die Bank fordert {{amount}} {{currency}} zurück, bezahlt über {{gateway}} für die Bestellung "
                    + "{{order_number}}.{{#reason}} Grund: {{reason}}.{{/reason}}",
                "Solange die Anfechtung offen ist, werden Belege beim Zahlungsdienst eingereicht, bis zu dem Tag, "
                    + "den er nennt.",
            ]),
    ]

    /// Makes a template of subject, event and what is to be done.
    private static func template(_ english: [String], german: [String]) -> MailTemplate {
        let (text, body) = parts(english, "Payment")
        let (germanText, germanBody) = parts(german, "Zahlung")
        return MailTemplate(english[0], text, body).german(german[0], germanText, germanBody).about(.staff).sampled([
            "order_number": OrderSamples.number, "gateway": .string("stripe"), "transaction_id": .string("T-7F3A"),
            "amount": .string("47.90"), "currency": .string("EUR"), "reason": .string("fraudulent"),
        ])
    }

    private static func parts(_ texts: [String], _ word: String) -> (String, String) {
        (
            "\(texts[1])\n\n\(texts[2])\n\n\(word) {{transaction_id}}\n",
            "<p>\(texts[1])</p><p>\(texts[2])</p><p><small>\(word) {{transaction_id}}</small></p>"
        )
    }
}
