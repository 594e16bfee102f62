import AdminPages

/// The ledger and gateways' webhooks in the admin.
extension PaymentsModule {
    static let ledgerScreen = AdminScreen(
        "ledger", in: .sales, Phrase("Ledger", "Hauptbuch"), one: Phrase("entry", "Buchung"),
        list: "/api/admin/ledger/",
        label: "id",
        columns: [
            .moment("created_at", Phrase("Posted", "Gebucht"), sort: "created_at"),
            .status("account", account),
            .money("debit", Phrase("Debit", "Soll")),
            .money("credit", Phrase("Credit", "Haben")),
            .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
            .link("payment_id", Phrase("Payment", "Zahlung"), to: "payments", key: "payment_id"),
            .number("transaction_id", Phrase("Posting", "Buchungssatz")),
            .number("id", Phrase("Entry", "Buchung")).hidden,
        ],
        filters: [
            AdminFilter("account", account, .choice(accounts)),
            AdminFilter("from", Phrase("From", "Ab"), .day), AdminFilter("until", Phrase("Until", "Bis"), .day),
            orderFilter, paymentFilter,
        ],
        hint: Phrase(
            "Invoices, payments and refunds are posted here by themselves.",
            "Rechnungen, Zahlungen und Erstattungen werden hier von selbst gebucht."))

    private static let account = Phrase("Account", "Konto")

    /// The accounts that every shop has; those of single vendors are not offered.
    private static let accounts: [String] = {
        let own: [LedgerAccount] = [
            .receivable, .sales, .refunds, .tax, .shipping, .fees, .disputes, .vendorShares, .commission,
            .vendorAdjustments, .payouts,
        ]
        return (own + GatewayCode.allCases.map { LedgerAccount.clearing($0) }).map(\.name)
    }()

    static let eventScreen = AdminScreen(
        "webhook-events", in: .system, Phrase("Gateways' webhooks", "Webhooks der Anbieter"),
        one: Phrase("webhook", "Webhook"), list: "/api/admin/webhook-events/", item: "/api/admin/webhook-events/{id}/",
        label: "event_type", columns: eventColumns,
        filters: [
            gatewayFilter,
            AdminFilter("status", Phrase("Status", "Status"), .choice(WebhookEvent.Status.allCases.map(\.rawValue))),
        ],
        search: Phrase("Id of the event, or the beginning of its type", "Id des Ereignisses oder Anfang seiner Art"),
        sections: [AdminSection(Phrase("Webhook", "Webhook"), .facts(eventColumns))],
        actions: [
            AdminAction(
                "replay", Phrase("Work on it again", "Erneut verarbeiten"), .post,
                "/api/admin/webhook-events/{id}/replay/"
            ).with {
                $0.isBulk = true
                $0.primaryWhere = .oneOf("status", [WebhookEvent.Status.failed.rawValue])
            }
        ],
        hint: Phrase(
            "What payment gateways tell the shop stands here, and what became of it.",
            "Was die Zahlungsanbieter dem Shop melden, steht hier, und was daraus wurde."))

    private static let eventColumns: [AdminColumn] = [
        .code("event_type", Phrase("Type", "Art")),
        .status("gateway", Phrase("Gateway", "Zahlungsanbieter")),
        .status("status", Phrase("Status", "Status"), sort: "status"),
        .moment("received_at", Phrase("Received", "Empfangen"), sort: "received_at"),
        .link("payment_id", Phrase("Payment", "Zahlung"), to: "payments", key: "payment_id"),
        .number("attempts", Phrase("Tries", "Versuche")),
        AdminColumn("error", Phrase("Error", "Fehler"), .longText),
        .code("event_id", Phrase("Id at the gateway", "Id beim Anbieter")),
    ]
}
