import AdminPages

/// What the page of an account shows of what its owner does in the shop.
extension AccountsModule {
    static let orders = AdminSection(
        Phrase("Orders", "Bestellungen"),
        .related(
            path: "/api/admin/orders/?user={id}&page_size=10",
            [
                .text("order_number", Phrase("Number", "Nummer")), .status("status", Phrase("Status", "Status")),
                .status("payment_status", Phrase("Payment", "Zahlung")), .money("total", Phrase("Total", "Gesamt")),
                .moment("created_at", Phrase("Placed", "Bestellt")),
            ])
    ).with {
        $0.screen = ("orders", "id")
        $0.listing = ("orders", "user={id}")
    }

    static let payments = AdminSection(
        Phrase("Payments", "Zahlungen"),
        .related(
            path: "/api/admin/payments/?user={id}&page_size=10",
            [
                .code("transaction_id", Phrase("Payment", "Zahlung")),
                .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
                .status("status", Phrase("Status", "Status")),
                .money("captured_amount", Phrase("Paid", "Bezahlt")),
                .money("refund_amount", Phrase("Refunded", "Erstattet")).hidingEmpty,
                .moment("created_at", Phrase("Begun", "Begonnen")),
            ])
    ).with {
        $0.screen = ("payments", "id")
        $0.listing = ("payments", "user={id}")
        $0.hidesEmpty = true
    }

    static let totals = AdminSection(
        Phrase("Paid in all", "Insgesamt bezahlt"),
        .relatedFacts(
            path: "/api/admin/payments/totals/?user={id}",
            [
                .money("captured_amount", Phrase("Paid", "Bezahlt")),
                .money("refunded_amount", Phrase("Refunded", "Erstattet")),
                .money("kept_amount", Phrase("Paid less refunds", "Bezahlt abzüglich Erstattungen")),
            ]))

    static let addresses = AdminSection(
        Phrase("Addresses", "Adressen"),
        .related(
            path: "/api/users/{id}/addresses/",
            [
                .text("full_name", Phrase("Name", "Name")),
                .text("address_line1", Phrase("Street", "Straße")),
                .text("address_line2", Phrase("Addition", "Zusatz")).hidingEmpty,
                .text("postal_code", Phrase("Postal code", "Postleitzahl")),
                .text("city", Phrase("City", "Ort")),
                .text("country", Phrase("Country", "Land")),
                .text("phone_number", Phrase("Telephone", "Telefon")).hidingEmpty,
                .flag("is_default_shipping", Phrase("For parcels", "Für Pakete")),
                .flag("is_default_billing", Phrase("For invoices", "Für Rechnungen")),
            ])
    ).with { $0.hidesEmpty = true }

    static let reviews = AdminSection(
        Phrase("Reviews", "Bewertungen"),
        .related(
            path: "/api/admin/reviews/?user={id}&page_size=10",
            [
                AdminColumn("rating", Phrase("Stars", "Sterne"), .stars), .text("title", Phrase("Title", "Titel")),
                .status("status", Phrase("Status", "Status")),
                .moment("created_at", Phrase("Written", "Geschrieben")),
            ])
    ).with {
        $0.screen = ("reviews", "id")
        $0.listing = ("reviews", "user={id}")
        $0.hidesEmpty = true
    }

    static let mails = AdminSection(
        Phrase("E-mails", "E-Mails"),
        .related(
            path: "/api/admin/email-logs/?email={email}&page_size=10",
            [
                .text("subject", Phrase("Subject", "Betreff")), .status("status", Phrase("Status", "Status")),
                .moment("created_at", Phrase("Made", "Erstellt")),
            ])
    ).with {
        $0.screen = ("email-logs", "id")
        $0.listing = ("email-logs", "email={email}")
        $0.hidesEmpty = true
    }
}
