import AdminPages
import Orders

/// Returns in the admin.
extension CheckoutModule {
    static let returnScreen = AdminScreen(
        "returns", in: .sales, Phrase("Returns", "Rücksendungen"), one: Phrase("return", "Rücksendung"),
        list: "/api/admin/returns/", item: "/api/admin/returns/{id}/", label: "id",
        columns: [
            .code("id", Phrase("Return", "Rücksendung")),
            .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
            .status("status", Phrase("Status", "Status")),
            AdminColumn("items", Phrase("Items", "Artikel"), .list("product_name")),
            .money("credit_amount", Phrase("Value", "Wert")),
            .money("refund_amount", Phrase("To refund", "Zu erstatten")),
            .moment("created_at", Phrase("Requested", "Angefragt"), sort: "created_at"),
            .moment("updated_at", Phrase("Changed", "Geändert"), sort: "updated_at").hidden,
        ],
        filters: [
            AdminFilter("status", Phrase("Status", "Status"), .choice(ReturnStatus.allCases.map(\.rawValue))),
            AdminFilter("order", Phrase("Order", "Bestellung"), .named(screen: "orders", value: "id")),
        ],
        sections: [
            AdminSection(
                Phrase("Return", "Rücksendung"),
                .facts([
                    .status("status", Phrase("Status", "Status")),
                    .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
                    AdminColumn("note", Phrase("Customer's remark", "Bemerkung des Kunden"), .longText),
                    AdminColumn("staff_note", Phrase("Staff's remark", "Bemerkung des Personals"), .longText),
                    .money("credit_amount", Phrase("Value", "Wert")),
                    .money("refund_amount", Phrase("To refund", "Zu erstatten")),
                    .flag("refund_shipping", Phrase("With shipping", "Mit Versandkosten")),
                    .moment("created_at", Phrase("Requested", "Angefragt")),
                    .moment("updated_at", Phrase("Changed", "Geändert")),
                ])),
            AdminSection(Phrase("Items", "Artikel"), .table(member: "items", returnedItems)),
        ],
        actions: returnActions("{id}", suffix: "").map { action in
            action.with { $0.isBulk = action.name == "approve" }
        },
        hint: Phrase(
            "What customers want to send back stands here, and waits for your word.",
            "Was Kunden zurücksenden möchten, steht hier und wartet auf Ihre Entscheidung.")
    ).with {
        $0.files = [
            AdminFile(
                "credit-note", Phrase("Credit note", "Gutschrift"),
                "/api/orders/{order_id}/returns/{id}/credit-note/",
                where: .all([isReturn(.received), .exceedsZero("credit_amount")]))
        ]
    }

    private static let returnedItems: [AdminColumn] = [
        .text("product_name", Phrase("Product", "Produkt")),
        .code("sku", Phrase("SKU", "Artikelnummer")),
        .number("quantity", Phrase("Announced", "Angekündigt")),
        .number("received_quantity", Phrase("Arrived", "Eingegangen")),
        .number("restocked_quantity", Phrase("Back in stock", "Wieder im Lager")),
        .money("refund_amount", Phrase("Value", "Wert")),
        AdminColumn("reason", Phrase("Reason", "Grund"), .longText),
    ]

    private static func isReturn(_ statuses: ReturnStatus...) -> AdminCondition {
        .oneOf("status", statuses.map(\.rawValue))
    }

    /// Returns what is done to a return that the path names by `key`; on the page of another row under names with a suffix.
    static func returnActions(_ key: String, suffix: String) -> [AdminAction] {
        let path = "/api/admin/returns/\(key)/"
        let note = AdminField(
            "note", Phrase("Note", "Notiz"), .longText,
            help: Phrase("The customer reads it in the mail.", "Der Kunde liest sie in der E-Mail."))
        return [
            AdminAction(
                "approve" + suffix, Phrase("Approve return", "Rücksendung genehmigen"), .post, path + "approve/"
            )
            .with {
                $0.fields = [note]
                $0.effects = [.mailsCustomer]
                $0.condition = isReturn(.requested)
                $0.weight = .primary
                $0.isOnTop = true
            },
            AdminAction("receive" + suffix, Phrase("Receive return", "Wareneingang buchen"), .post, path + "receive/")
                .with {
                    $0.fields = [
                        goods(Phrase("Goods that have arrived", "Eingegangene Ware"), arrivals),
                        AdminField(
                            "refund_shipping", Phrase("Refund shipping too", "Auch Versandkosten erstatten"), .flag),
                        note,
                    ]
                    $0.effects = [.mailsCustomer, .isFinal]
                    $0.condition = isReturn(.approved)
                    $0.weight = .primary
                    $0.isOnTop = true
                },
            AdminAction("reject" + suffix, Phrase("Reject return", "Rücksendung ablehnen"), .post, path + "reject/")
                .with {
                    $0.fields = [note]
                    $0.effects = [.mailsCustomer]
                    $0.condition = isReturn(.requested, .approved)
                    $0.weight = .danger
                },
        ]
    }

    /// Of every part it has to be said how many arrived.
    private static let arrivals = AdminQuantities(
        of: "items", as: "return_item_id", atMost: "quantity", labels: ["product_name", "sku"]
    ).with {
        $0.sendsZero = true
        $0.flag = AdminQuantities.Flag("restock", Phrase("Back into stock", "Zurück ins Lager"), isOn: true)
    }
}
