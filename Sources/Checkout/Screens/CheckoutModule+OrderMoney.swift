import AdminPages
import Payments

/// An order's payments, refunds and papers, on its page.
extension CheckoutModule {
    static let orderPayments = AdminSection(
        Phrase("Payments", "Zahlungen"),
        .related(
            path: "/api/admin/payments/?order={id}",
            [
                .code("transaction_id", Phrase("Payment", "Zahlung")),
                .status("gateway", Phrase("Gateway", "Zahlungsanbieter")),
                .status("status", Phrase("Status", "Status")),
                .money("amount", Phrase("Amount", "Betrag")),
                .money("authorized_amount", Phrase("Authorized", "Autorisiert")).hidingEmpty,
                .money("captured_amount", Phrase("Captured", "Eingezogen")),
                .money("refund_amount", Phrase("Refunded", "Erstattet")).hidingEmpty,
                AdminColumn("failure_reason", Phrase("Failure", "Fehlschlag"), .note).hidingEmpty,
                .moment("created_at", Phrase("Begun", "Begonnen")),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.actions = [refundPayment] + PaymentsModule.paymentActions("{row.id}", suffix: "-payment")
        $0.screen = (name: "payments", key: "id")
    }

    private static let refundPayment = AdminAction(
        "refund", Phrase("Refund", "Erstatten"), .post, "/api/admin/payments/{row.id}/refund/"
    ).with {
        $0.fields = [
            goods(
                Phrase("For these goods", "Für diese Ware"),
                AdminQuantities(
                    of: "refundable_items", id: "order_item_id", as: "order_item_id", atMost: "quantity",
                    labels: ["product_name", "sku"]
                ).with { $0.beginning = .none }
            ).with {
                $0.help = Phrase(
                    "Units that came back, are announced or were canceled are credited as that and not offered here. What "
                        + "other refunds of this order name is not refunded again.",
                    "Stück, die zurückkamen, angekündigt oder storniert sind, werden als solche gutgeschrieben und hier nicht "
                        + "angeboten. Was andere Erstattungen dieser Bestellung nennen, wird nicht noch einmal erstattet."
                )
            },
            AdminField(
                "amount", Phrase("Amount", "Betrag"), .money,
                help: Phrase(
                    "Blank for what these goods cost; without goods for all that can be refunded.",
                    "Leer für den Preis dieser Ware; ohne Ware für alles, was sich erstatten lässt.")),
            AdminField(
                "restock", Phrase("The goods are back: put them into stock", "Die Ware ist zurück: ins Lager buchen"),
                .flag,
                help: Phrase(
                    "For goods that had been sent: they are noted as a return that has arrived.",
                    "Für Ware, die versandt war: Sie wird als eingegangene Rücksendung vermerkt.")),
            AdminField("reason", Phrase("Reason", "Grund"), .text, isRequired: true),
        ]
        $0.condition = .oneOf("status", [PaymentState.completed.rawValue, PaymentState.partiallyRefunded.rawValue])
        $0.effects = [.isFinal]
        $0.isOnTop = true
    }

    static let orderRefunds = AdminSection(
        Phrase("Refunds", "Erstattungen"),
        .related(
            path: "/api/admin/refunds/?order={id}",
            [
                .code("id", Phrase("Refund", "Erstattung")),
                .status("status", Phrase("Status", "Status")),
                .money("amount", Phrase("Amount", "Betrag")),
                .status("origin", Phrase("Asked for by", "Veranlasst durch")),
                AdminColumn("reason", Phrase("Reason", "Grund"), .note).hidingEmpty,
                AdminColumn("failure_reason", Phrase("Failure", "Fehlschlag"), .note).hidingEmpty,
                .moment("created_at", Phrase("Asked for", "Angefragt")),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.actions = PaymentsModule.refundActions("{row.id}", suffix: "-refund")
        $0.screen = (name: "refunds", key: "id")
    }

    static let orderPapers = AdminSection(
        Phrase("Documents", "Dokumente"),
        .table(
            member: "papers",
            [
                .code("id", Phrase("Number", "Nummer")),
                .status("kind", Phrase("Kind", "Art")),
                .status("subject", Phrase("About", "Zu")),
                .moment("issued_at", Phrase("Issued", "Ausgestellt")),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.files = [
            paper("paper-invoice", "invoice/", "invoice", about: "order"),
            paper("paper-credit-note", "credit-note/", "credit_note", about: "order"),
            paper("paper-return", "returns/{row.return_id}/credit-note/", "credit_note", about: "return"),
            paper(
                "paper-cancellation", "cancellations/{row.return_id}/credit-note/", "credit_note", about: "cancellation"
            ),
        ]
    }

    private static func paper(_ name: String, _ path: String, _ kind: String, about subject: String) -> AdminFile {
        AdminFile(
            name, Phrase("Open", "Öffnen"), "/api/orders/{id}/" + path,
            where: .all([.oneOf("kind", [kind]), .oneOf("subject", [subject])]))
    }
}
