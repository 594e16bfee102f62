import AdminPages
import Orders

/// The parts of an order's page.
extension CheckoutModule {
    static let orderSections = [
        orderFacts, orderItems, orderTotals, orderTaxes, orderPayments, orderRefunds, orderShipments, orderReturns,
        orderCancellations, orderPapers, orderParts,
        address(Phrase("Shipping address", "Lieferadresse"), "shipping_address"),
        address(Phrase("Billing address", "Rechnungsadresse"), "billing_address"), orderNotes, orderHistory, orderMails,
    ]

    private static let orderFacts = AdminSection(
        Phrase("Order", "Bestellung"),
        .facts([
            .status("status", Phrase("Status", "Status")),
            .status("payment_status", Phrase("Payment", "Zahlung")),
            .status("payment_method", Phrase("Paid by", "Zahlungsart")),
            .moment("created_at", Phrase("Placed", "Bestellt")),
            .moment("expires_at", Phrase("To be paid until", "Zahlbar bis")),
            .link("email", Phrase("Customer", "Kunde"), to: "customers", key: "user_id"),
            .text("shipping_method", Phrase("Shipping", "Versandart")),
            .code("tracking_number", Phrase("Tracking number", "Sendungsnummer")),
            AdminColumn("notes", Phrase("Customer's remark", "Bemerkung des Kunden"), .longText),
        ]))

    private static let orderItems = AdminSection(
        Phrase("Items", "Artikel"), .table(member: "items", orderItemColumns))

    private static let orderItemColumns: [AdminColumn] = [
        .picture("image", Phrase("Picture", "Bild")),
        .link("product_name", Phrase("Product", "Produkt"), to: "products", key: "product_id"),
        AdminColumn("variant.options", Phrase("Options", "Ausführung"), .list("value")).hidingEmpty,
        .code("sku", Phrase("SKU", "Artikelnummer")),
        .link("vendor_name", Phrase("Vendor", "Händler"), to: "vendors", key: "vendor").hidingEmpty,
        .status("status", Phrase("Status", "Status")),
        .number("quantity", Phrase("Ordered", "Bestellt")),
        .money("price", Phrase("Price", "Preis")),
        .money("subtotal", Phrase("Amount", "Betrag")),
        .number("shipped_quantity", Phrase("Sent", "Versandt")).hidingEmpty,
        .number("returned_quantity", Phrase("Returned", "Zurück")).hidingEmpty,
        .number("cancelled_quantity", Phrase("Canceled", "Storniert")).hidingEmpty,
        .number("refunded_quantity", Phrase("Credited", "Gutgeschrieben")).hidingEmpty,
        .money("discount_amount", Phrase("Discount", "Rabatt")).hidingEmpty,
        .rate("tax_rate", Phrase("Tax rate", "Steuersatz")).hidingEmpty,
        .money("tax", Phrase("Tax", "Steuer")).hidingEmpty,
    ]

    private static let orderTotals = AdminSection(
        Phrase("Totals", "Summen"),
        .facts([
            .money("subtotal", Phrase("Goods", "Waren")),
            .money("discount_amount", Phrase("Discount", "Rabatt")),
            .code("coupon", Phrase("Coupon", "Gutschein")),
            .money("shipping_cost", Phrase("Shipping", "Versandkosten")),
            .money("tax", Phrase("Tax", "Steuer")),
            .money("total", Phrase("Total", "Summe")),
            .money("amount_due", Phrase("Still to pay", "Noch zu zahlen")),
        ]))

    private static let orderTaxes = AdminSection(
        Phrase("Taxes", "Steuern"),
        .table(
            member: "tax_lines",
            [
                .text("name", Phrase("Tax", "Steuer")),
                .rate("rate", Phrase("Rate", "Satz")),
                .money("taxable", Phrase("Net", "Netto")),
                .money("amount", Phrase("Amount", "Betrag")),
            ])
    ).with { $0.hidesEmpty = true }

    private static let orderShipments = AdminSection(
        Phrase("Parcels", "Pakete"),
        .table(
            member: "shipments",
            [
                .code("id", Phrase("Parcel", "Paket")),
                .status("status", Phrase("Status", "Status")),
                AdminColumn("items", Phrase("Contents", "Inhalt"), .list("product_name")),
                .text("carrier", Phrase("Carrier", "Versanddienst")),
                .code("tracking_number", Phrase("Tracking number", "Sendungsnummer")),
                .moment("created_at", Phrase("Sent", "Versandt")),
                .moment("delivered_at", Phrase("Delivered", "Zugestellt")),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.actions = [
            AdminAction(
                "deliver", Phrase("Mark as delivered", "Als zugestellt vermerken"), .put,
                "/api/admin/orders/{id}/shipments/{row.id}/deliver/"
            ).with {
                $0.fields = [AdminField("note", Phrase("Note", "Notiz"), .text)]
                $0.condition = .oneOf("status", [OrderStatus.shipped.rawValue])
                $0.effects = [mailsOfDelivery, .isFinal]
            }
        ]
        $0.files = [
            AdminFile(
                "slip", Phrase("Delivery slip", "Lieferschein"),
                "/api/admin/orders/{id}/shipments/{row.id}/delivery-slip/")
        ]
    }

    private static let mailsOfDelivery = AdminEffect(
        Phrase(
            "Once all of the order has arrived, the customer gets an e-mail.",
            "Sobald die ganze Bestellung zugestellt ist, bekommt der Kunde eine E-Mail."))

    private static let orderReturns = AdminSection(
        Phrase("Returns", "Rücksendungen"),
        .related(
            path: "/api/orders/{id}/returns/",
            [
                .code("id", Phrase("Return", "Rücksendung")),
                .status("status", Phrase("Status", "Status")),
                AdminColumn("items", Phrase("Items", "Artikel"), .list("product_name")),
                .money("credit_amount", Phrase("Value", "Wert")),
                .money("refund_amount", Phrase("To refund", "Zu erstatten")),
                AdminColumn("note", Phrase("Customer's remark", "Bemerkung des Kunden"), .longText),
                .moment("created_at", Phrase("Requested", "Angefragt")),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.actions = returnActions("{row.id}", suffix: "-return")
        $0.screen = (name: "returns", key: "id")
    }

    private static let orderCancellations = AdminSection(
        Phrase("Canceled parts", "Stornierte Teile"),
        .related(
            path: "/api/orders/{id}/cancellations/",
            [
                .code("id", Phrase("Cancellation", "Stornierung")),
                AdminColumn("items", Phrase("Items", "Artikel"), .list("product_name")),
                .money("amount", Phrase("Value", "Wert")),
                .money("refund_amount", Phrase("To refund", "Zu erstatten")),
                AdminColumn("reason", Phrase("Reason", "Grund"), .note),
                .moment("created_at", Phrase("Canceled", "Storniert")),
            ])
    ).with { $0.hidesEmpty = true }

    private static let orderParts = AdminSection(
        Phrase("Parts of vendors", "Anteile der Händler"),
        .related(
            path: "/api/admin/orders/{id}/parts/",
            [
                .link("vendor_name", Phrase("Vendor", "Händler"), to: "vendors", key: "vendor_id"),
                .status("status", Phrase("Status", "Status")),
                .number("quantity", Phrase("Units", "Stück")),
                .money("subtotal", Phrase("Amount", "Betrag")),
                .money("commission", Phrase("Commission", "Provision")),
                .money("earnings", Phrase("Vendor earns", "Anteil des Händlers")),
                .text("carrier", Phrase("Carrier", "Versanddienst")),
                .code("tracking_number", Phrase("Tracking number", "Sendungsnummer")),
            ])
    ).with { $0.hidesEmpty = true }

    private static func address(_ title: Phrase, _ member: String) -> AdminSection {
        AdminSection(
            title,
            .facts([
                AdminColumn(member, Phrase("Address", "Anschrift"), .postalAddress),
                .text(member + ".phone_number", Phrase("Telephone", "Telefon")),
            ]))
    }

    private static let orderNotes = AdminSection(
        Phrase("Notes", "Notizen"),
        .related(
            path: "/api/orders/{id}/notes/",
            [
                AdminColumn("text", Phrase("Note", "Notiz"), .longText),
                .flag("is_visible", Phrase("Customer reads it", "Kunde liest sie")),
                .moment("created_at", Phrase("Written", "Geschrieben")),
            ])
    ).with { $0.hidesEmpty = true }

    private static let orderHistory = AdminSection(
        Phrase("History", "Verlauf"),
        .table(
            member: "history",
            [
                .moment("created_at", Phrase("When", "Wann")),
                .status("status", Phrase("Status", "Status")),
                .status("payment_status", Phrase("Payment", "Zahlung")),
                .status("actor", Phrase("By", "Durch")),
                .text("actor_email", Phrase("Account", "Konto")).hidingEmpty,
                AdminColumn("note", Phrase("Note", "Notiz"), .note),
            ]))

    /// What was sent about the order, to whomever.
    private static let orderMails = AdminSection(
        Phrase("Mails about this order", "E-Mails zu dieser Bestellung"),
        .related(
            path: "/api/admin/email-logs/?order={id}&page_size=20",
            [
                .text("subject", Phrase("Subject", "Betreff")),
                .text("email", Phrase("To", "An")),
                .status("status", Phrase("Status", "Status")),
                .moment("created_at", Phrase("When", "Wann")),
                AdminColumn("error_message", Phrase("Error", "Fehler"), .note),
            ])
    ).with {
        $0.hidesEmpty = true
        $0.actions = [
            AdminAction(
                "resend", Phrase("Send again", "Erneut senden"), .post, "/api/admin/email-logs/{row.id}/resend/"
            ).with {
                $0.condition = .holds("can_resend")
                $0.effects = [.mailsCustomer]
            }
        ]
        $0.screen = (name: "email-logs", key: "id")
        $0.listing = ("email-logs", "order={id}")
    }
}
