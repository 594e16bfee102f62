import AdminPages

/// Payments in the admin.
extension PaymentsModule {
    static let paymentScreen = AdminScreen(
        "payments", in: .sales, Phrase("Payments", "Zahlungen"), one: Phrase("payment", "Zahlung"),
        list: "/api/admin/payments/", item: "/api/admin/payments/{id}/", label: "transaction_id",
        columns: paymentColumns, filters: paymentFilters,
        search: Phrase("Order number or id of the payment", "Bestellnummer oder Id der Zahlung"),
        sections: [paymentFacts, paymentRefunds, paymentDisputes, paymentOperations, paymentAnswer],
        actions: [refund]
            + paymentActions("{id}", suffix: "").map { action in
                action.with { $0.isBulk = action.name == "capture" }
            },
        hint: Phrase(
            "Payments stand here once somebody begins to pay an order.",
            "Zahlungen stehen hier, sobald jemand eine Bestellung zu bezahlen beginnt."))

    private static let paymentColumns: [AdminColumn] = [
        .code("transaction_id", Phrase("Payment", "Zahlung")),
        .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
        .status("gateway", Phrase("Gateway", "Zahlungsanbieter")),
        .status("status", Phrase("Status", "Status")),
        .money("amount", Phrase("Amount", "Betrag")),
        .money("refund_amount", Phrase("Refunded", "Erstattet")),
        .status("refund_status", Phrase("Refunds", "Erstattungen")),
        .moment("created_at", Phrase("Begun", "Begonnen"), sort: "created_at"),
        .status("payment_method", Phrase("Paid by", "Zahlungsart")).hidden,
        .money("authorized_amount", Phrase("Authorized", "Autorisiert")).hidden,
        .money("captured_amount", Phrase("Captured", "Eingezogen")).hidden,
        .money("fee_amount", Phrase("Fee", "Gebühr")).hidden,
        .flag("is_surplus", Phrase("Paid twice", "Doppelt bezahlt")).hidden,
        .code("gateway_transaction_id", Phrase("Id at the gateway", "Id beim Anbieter")).hidden,
        AdminColumn("failure_reason", Phrase("Failure", "Fehlschlag"), .note).hidden,
        .moment("updated_at", Phrase("Changed", "Geändert")).hidden,
    ]

    private static let paymentFilters = [
        AdminFilter("status", Phrase("Status", "Status"), .choice(PaymentState.allCases.map(\.rawValue))),
        gatewayFilter,
        AdminFilter("from", Phrase("From", "Ab"), .day),
        AdminFilter("until", Phrase("Until", "Bis"), .day),
        AdminFilter("is_surplus", Phrase("Paid twice", "Doppelt bezahlt"), .flag),
        AdminFilter("user", Phrase("Customer", "Kunde"), .named(screen: "customers", value: "id")),
        orderFilter,
    ]

    static let gatewayFilter = AdminFilter(
        "gateway", Phrase("Gateway", "Zahlungsanbieter"), .choice(GatewayCode.allCases.map(\.rawValue)))
    static let orderFilter = AdminFilter(
        "order", Phrase("Order", "Bestellung"), .named(screen: "orders", value: "id"))

    private static let paymentFacts = AdminSection(
        Phrase("Payment", "Zahlung"),
        .facts([
            .status("status", Phrase("Status", "Status")),
            .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
            .status("gateway", Phrase("Gateway", "Zahlungsanbieter")),
            .status("payment_method", Phrase("Paid by", "Zahlungsart")),
            .money("amount", Phrase("Amount", "Betrag")),
            .money("authorized_amount", Phrase("Authorized", "Autorisiert")),
            .money("captured_amount", Phrase("Captured", "Eingezogen")),
            .money("refund_amount", Phrase("Refunded", "Erstattet")),
            .money("fee_amount", Phrase("Fee", "Gebühr")),
            .flag("is_surplus", Phrase("Paid twice", "Doppelt bezahlt")),
            AdminColumn("failure_reason", Phrase("Failure", "Fehlschlag"), .note),
            .code("transaction_id", Phrase("Our id", "Unsere Id")),
            .code("gateway_reference", Phrase("Reference at the gateway", "Referenz beim Anbieter")),
            .code("gateway_transaction_id", Phrase("Id at the gateway", "Id beim Anbieter")),
            .moment("created_at", Phrase("Begun", "Begonnen")),
            .moment("updated_at", Phrase("Changed", "Geändert")),
        ]))

    private static let paymentRefunds = AdminSection(
        Phrase("Refunds", "Erstattungen"), .table(member: "refunds", refundColumns)
    ).with {
        $0.hidesEmpty = true
        $0.actions = refundActions("{row.id}", suffix: "-refund")
        $0.screen = (name: "refunds", key: "id")
    }

    private static let paymentDisputes = AdminSection(
        Phrase("Disputes", "Rückbuchungen"),
        .related(path: "/api/admin/disputes/?payment={id}", disputeColumns)
    ).with { $0.hidesEmpty = true }

    private static let paymentOperations = AdminSection(
        Phrase("Asked of the gateway", "Anfragen an den Anbieter"),
        .table(
            member: "operations",
            [
                .moment("created_at", Phrase("When", "Wann")),
                .status("kind", Phrase("What", "Was")),
                .status("status", Phrase("Status", "Status")),
                .money("amount", Phrase("Amount", "Betrag")),
                .number("attempts", Phrase("Tries", "Versuche")),
                AdminColumn("error", Phrase("Error", "Fehler"), .longText),
            ])
    ).with { $0.hidesEmpty = true }

    private static let paymentAnswer = AdminSection(
        Phrase("The gateway's last answer", "Letzte Antwort des Anbieters"),
        .facts([AdminColumn("gateway_response", Phrase("Answer", "Antwort"), .json)]))

    private static func isAt(_ states: PaymentState...) -> AdminCondition { .oneOf("status", states.map(\.rawValue)) }

    /// Returns what is done to a payment that the path names by `key`, but for refunding it; on the page of another row under
    /// names with a suffix.
    public static func paymentActions(_ key: String, suffix: String) -> [AdminAction] {
        let path = "/api/admin/payments/\(key)/"
        return [
            AdminAction("capture" + suffix, Phrase("Capture payment", "Zahlung einziehen"), .post, path + "capture/")
                .with {
                    $0.fields = [
                        AdminField(
                            "amount", Phrase("Amount", "Betrag"), .money,
                            help: Phrase(
                                "Blank for all of it. The rest goes back to the payer.",
                                "Leer für den ganzen Betrag. Der Rest geht an den Zahlenden zurück."))
                    ]
                    $0.condition = isAt(.authorized)
                    $0.effects = [.isFinal]
                    $0.weight = .primary
                    $0.isOnTop = true
                },
            AdminAction("void" + suffix, Phrase("Cancel payment", "Zahlung abbrechen"), .post, path + "cancel/").with {
                $0.condition = isAt(.pending, .processing, .authorized)
                $0.weight = .danger
                $0.explanation = Phrase(
                    "No money can come of it any more.", "Danach kann über diese Zahlung kein Geld mehr kommen.")
            },
        ]
    }

    private static let refund = AdminAction(
        "refund", Phrase("Refund", "Erstatten"), .post, "/api/admin/payments/{id}/refund/"
    ).with {
        $0.fields = [
            AdminField(
                "amount", Phrase("Amount", "Betrag"), .money,
                help: Phrase(
                    "Blank for all that can be refunded. The order's page refunds by its goods.",
                    "Leer für alles, was sich erstatten lässt. Nach Waren erstattet die Seite der Bestellung.")),
            AdminField("reason", Phrase("Reason", "Grund"), .text, isRequired: true),
        ]
        $0.condition = isAt(.completed, .partiallyRefunded)
        $0.effects = [.isFinal]
    }
}
