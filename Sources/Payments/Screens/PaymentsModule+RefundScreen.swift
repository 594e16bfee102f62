import AdminPages

/// Refunds and disputes in the admin.
extension PaymentsModule {
    static let refundScreen = AdminScreen(
        "refunds", in: .sales, Phrase("Refunds", "Erstattungen"), one: Phrase("refund", "Erstattung"),
        list: "/api/admin/refunds/", item: "/api/admin/refunds/{id}/", label: "id",
        columns: refundListColumns,
        filters: [
            AdminFilter("status", Phrase("Status", "Status"), .choice(RefundStatus.allCases.map(\.rawValue))),
            orderFilter, paymentFilter,
        ],
        search: Phrase(
            "Order number, or id of the refund or payment", "Bestellnummer oder Id der Erstattung oder Zahlung"),
        sections: [
            AdminSection(Phrase("Refund", "Erstattung"), .facts(refundFacts)), refundedGoods, refundPapers,
        ],
        actions: refundActions("{id}", suffix: "").map { action in
            action.with { $0.isBulk = action.name == "reject" }
        },
        hint: Phrase(
            "What customers ask back, and what is owed to them, waits here for your word.",
            "Was Kunden zurückverlangen und was ihnen zusteht, wartet hier auf Ihre Freigabe."))

    static let refundColumns: [AdminColumn] = [
        .code("id", Phrase("Refund", "Erstattung")),
        .status("status", Phrase("Status", "Status")),
        .money("amount", Phrase("Amount", "Betrag"), sort: "amount"),
        .status("origin", Phrase("Asked for by", "Veranlasst durch")),
        AdminColumn("reason", Phrase("Reason", "Grund"), .note),
        AdminColumn("failure_reason", Phrase("Failure", "Fehlschlag"), .note),
        .moment("created_at", Phrase("Asked for", "Angefragt"), sort: "created_at"),
        .moment("completed_at", Phrase("Done", "Erledigt")),
    ]

    private static let orderLink = AdminColumn.link(
        "order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id")

    /// A list names the order after the refund itself.
    private static let refundListColumns: [AdminColumn] = {
        var columns = refundColumns
        columns.insert(orderLink, at: 1)
        return columns
    }()

    private static let refundFacts: [AdminColumn] =
        refundListColumns + [
            AdminColumn.link("payment_id", Phrase("Payment", "Zahlung"), to: "payments", key: "payment_id"),
            AdminColumn.flag("restock", Phrase("Goods back in stock", "Ware zurück im Lager")),
            AdminColumn("decision_note", Phrase("Why it was rejected", "Grund der Ablehnung"), .longText),
            AdminColumn.code("gateway_refund_id", Phrase("Id at the gateway", "Id beim Anbieter")),
        ]

    private static let refundedGoods = AdminSection(
        Phrase("Goods", "Ware"),
        .related(
            path: "/api/admin/refunds/{id}/goods/",
            [
                .link("product_name", Phrase("Product", "Produkt"), to: "products", key: "product_id"),
                .code("sku", Phrase("SKU", "Artikelnummer")),
                .number("quantity", Phrase("Units", "Stück")),
                .link("return_id", Phrase("Return", "Rücksendung"), to: "returns", key: "return_id").hidingEmpty,
                .code("cancellation_id", Phrase("Cancellation", "Stornierung")).hidingEmpty,
            ])
    ).with { $0.hidesEmpty = true }

    private static let refundPapers = AdminSection(
        Phrase("Credit notes", "Gutschriften"),
        .related(
            path: "/api/admin/refunds/{id}/papers/",
            [
                .code("id", Phrase("Number", "Nummer")),
                .status("subject", Phrase("About", "Zu")),
                .moment("issued_at", Phrase("Issued", "Ausgestellt")),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.files = [
            creditNote("credit-note", "", of: "order"),
            creditNote("credit-note-return", "returns/{row.return_id}/", of: "return"),
            creditNote("credit-note-cancellation", "cancellations/{row.return_id}/", of: "cancellation"),
        ]
    }

    private static func creditNote(_ name: String, _ path: String, of subject: String) -> AdminFile {
        AdminFile(
            name, Phrase("Open", "Öffnen"), "/api/orders/{order_id}/" + path + "credit-note/",
            where: .oneOf("subject", [subject])
        ).with { $0.subject = "/api/admin/orders/{order_id}/" }
    }

    static let paymentFilter = AdminFilter(
        "payment", Phrase("Payment", "Zahlung"), .named(screen: "payments", value: "id"))

    /// Returns what is done to a refund that the path names by `key`; on the page of another row under names with a suffix.
    public static func refundActions(_ key: String, suffix: String) -> [AdminAction] {
        let isAsked = AdminCondition.oneOf("status", [RefundStatus.requested.rawValue])
        let path = "/api/admin/refunds/\(key)/"
        return [
            AdminAction("approve" + suffix, Phrase("Approve refund", "Erstattung freigeben"), .post, path + "approve/")
                .with {
                    $0.fields = [AdminField("amount", Phrase("Amount", "Betrag"), .money, source: "amount")]
                    $0.condition = isAsked
                    $0.effects = [.isFinal]
                    $0.weight = .primary
                    $0.isOnTop = true
                },
            AdminAction("reject" + suffix, Phrase("Reject refund", "Erstattung ablehnen"), .post, path + "reject/").with
            {
                $0.fields = [AdminField("reason", Phrase("Reason", "Grund"), .text, isRequired: true)]
                $0.condition = isAsked
                $0.weight = .danger
            },
        ]
    }

    static let disputeScreen = AdminScreen(
        "disputes", in: .sales, Phrase("Disputes", "Rückbuchungen"), one: Phrase("dispute", "Rückbuchung"),
        list: "/api/admin/disputes/", label: "gateway_dispute_id",
        columns: [orderLink] + disputeColumns,
        filters: [
            AdminFilter("status", Phrase("Status", "Status"), .choice(GatewayDispute.Status.allCases.map(\.rawValue))),
            orderFilter, paymentFilter,
        ],
        hint: Phrase(
            "What payers' banks ask back stands here; evidence is handed in at the gateway.",
            "Was die Banken der Zahlenden zurückfordern, steht hier; Belege reichen Sie beim Anbieter ein."))

    static let disputeColumns: [AdminColumn] = [
        .link("payment_id", Phrase("Payment", "Zahlung"), to: "payments", key: "payment_id"),
        .status("gateway", Phrase("Gateway", "Zahlungsanbieter")),
        .code("gateway_dispute_id", Phrase("Id at the gateway", "Id beim Anbieter")),
        .status("status", Phrase("Status", "Status")),
        .money("amount", Phrase("Amount", "Betrag")),
        .text("reason", Phrase("Reason", "Grund")),
        .moment("due_by", Phrase("Evidence until", "Belege bis")),
        .moment("created_at", Phrase("Known since", "Bekannt seit"), sort: "created_at"),
    ]
}
