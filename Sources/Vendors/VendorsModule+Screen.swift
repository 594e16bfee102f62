import AdminPages

/// Vendors in the admin.
extension VendorsModule {
    static let screen = AdminScreen(
        "vendors", in: .people, Phrase("Vendors", "Händler"), one: Phrase("vendor", "Händler"),
        list: "/api/admin/vendors/", columns: columns,
        filters: [
            AdminFilter(
                "status", Phrase("Status", "Status"), .choice(["pending", "approved", "rejected", "suspended"]))
        ],
        search: Phrase("Name", "Name"), form: form,
        sections: [business, account, contact, bank, documents, balance] + related,
        actions: decisions + [adjust],
        hint: Phrase(
            "Users apply as vendors in the shop; you decide about them here, or make a vendor yourself.",
            "Wer im Shop verkaufen will, bewirbt sich; hier entscheiden Sie darüber oder legen selbst Händler an.")
    ).with { $0.keysParameter = "ids" }

    private static let columns: [AdminColumn] = [
        .picture("logo", Phrase("Logo", "Logo")), .text("name", Phrase("Name", "Name"), sort: "name"),
        .status("status", Phrase("Status", "Status")), .flag("is_verified", Phrase("Verified", "Geprüft")),
        .rate("commission_rate", Phrase("Commission", "Provision")),
        .number("total_products", Phrase("Products", "Produkte")),
        .money("total_sales", Phrase("Sales", "Umsatz")), .number("rating", Phrase("Rating", "Bewertung")),
        .moment("created_at", Phrase("Registered", "Registriert"), sort: "created_at"),
        .number("reviews_count", Phrase("Reviews", "Bewertungen")).hidden,
        AdminColumn("business_type", Phrase("Legal form", "Rechtsform"), .status).hidden,
        .text("tax_id", Phrase("Tax number", "Steuernummer")).hidden,
        .moment("approved_at", Phrase("Approved", "Freigegeben")).hidden,
    ]

    /// Vendors edit their own profiles: staff make them and decide about them.
    private static let form = AdminForm([
        AdminField("name", Phrase("Name", "Name"), .text, isRequired: true).with { $0.use = .creating },
        AdminField(
            "user", Phrase("Account", "Konto"), .row(screen: "customers", value: "id"),
            help: Phrase(
                "Who manages the products; it gets the role of a vendor.",
                "Wer die Produkte pflegt; das Konto wird zum Händlerkonto.")
        ).with { $0.use = .creating },
        AdminField("status", Phrase("Status", "Status"), .choice(["approved", "pending"]), isRequired: true).with {
            $0.use = .creating
            $0.standard = "approved"
        },
    ]).with {
        $0.updates = false
        $0.deletes = false
    }
}

/// The parts of a vendor's page.
extension VendorsModule {
    private static let business = AdminSection(
        Phrase("Business", "Unternehmen"),
        .facts([
            .status("status", Phrase("Status", "Status")),
            AdminColumn("status_reason", Phrase("Reason", "Grund"), .longText),
            .flag("is_verified", Phrase("Verified", "Geprüft")),
            .status("business_type", Phrase("Legal form", "Rechtsform")),
            .text("registration_number", Phrase("Register number", "Registernummer")),
            .text("tax_id", Phrase("Tax number", "Steuernummer")),
            .rate("commission_rate", Phrase("Commission given at approval", "Provision laut Freigabe")),
            AdminColumn("description", Phrase("Description", "Beschreibung"), .longText),
            .moment("created_at", Phrase("Registered", "Registriert")),
            .moment("approved_at", Phrase("Approved", "Freigegeben")),
        ]))

    /// Who manages the products; shown to who may see accounts.
    private static let account = AdminSection(
        Phrase("Account", "Konto"),
        .relatedFacts(
            path: "/api/users/{user}/",
            [
                .link("email", Phrase("E-mail of the account", "E-Mail des Kontos"), to: "customers", key: "id"),
                .text("first_name", Phrase("First name", "Vorname")),
                .text("last_name", Phrase("Last name", "Nachname")),
                .moment("last_login", Phrase("Last login", "Letzte Anmeldung")),
            ]))

    private static let contact = AdminSection(
        Phrase("Contact", "Kontakt"),
        .facts([
            .text("profile.email", Phrase("E-mail", "E-Mail")),
            .text("profile.phone_number", Phrase("Telephone", "Telefon")),
            AdminColumn("profile.website", Phrase("Website", "Website"), .address),
            AdminColumn("profile", Phrase("Address", "Anschrift"), .postalAddress),
        ]))

    private static let bank = AdminSection(
        Phrase("Where money goes", "Wohin Geld geht"),
        .facts([
            .status("profile.payout_method", Phrase("Paid by", "Zahlung per")),
            .text("profile.bank_account.account_holder", Phrase("Account holder", "Kontoinhaber")),
            .text("profile.bank_account.bank_name", Phrase("Name of the bank", "Name der Bank")),
            .code("profile.bank_account.iban", Phrase("End of the IBAN", "Ende der IBAN")),
            .code("profile.bank_account.swift", Phrase("BIC", "BIC")),
            .code(
                "profile.bank_account.account_number",
                Phrase("End of the account number, without an IBAN", "Ende der Kontonummer, ohne IBAN")),
            .code(
                "profile.bank_account.routing_number",
                Phrase("End of the routing number, without an IBAN", "Ende der Bankleitzahl, ohne IBAN")),
        ]))

    private static let documents = AdminSection(
        Phrase("Papers", "Unterlagen"),
        .table(
            member: "documents",
            [
                .status("document_type", Phrase("Shows", "Nachweis")), .text("file_name", Phrase("File", "Datei")),
                .status("status", Phrase("Status", "Status")),
                AdminColumn("rejection_reason", Phrase("Reason", "Grund"), .longText),
                .moment("uploaded_at", Phrase("Handed in", "Eingereicht")),
            ])
    ).with {
        $0.files = [
            AdminFile("paper", Phrase("Look at it", "Ansehen"), "/api/admin/vendors/{id}/documents/{row.id}/file/")
        ]
        $0.actions = [
            AdminAction(
                "verify-paper", Phrase("In order", "In Ordnung"), .put,
                "/api/admin/vendors/{id}/documents/{row.id}/verify/"
            ).with {
                $0.condition = .not(.oneOf("status", ["verified"]))
                $0.effects = [.mailsVendor]
                $0.weight = .primary
            },
            AdminAction(
                "reject-paper", Phrase("Reject", "Ablehnen"), .put,
                "/api/admin/vendors/{id}/documents/{row.id}/reject/"
            ).with {
                $0.fields = [
                    AdminField("rejection_reason", Phrase("Reason", "Grund"), .longText, isRequired: true, help: told)
                ]
                $0.condition = .not(.oneOf("status", ["rejected"]))
            },
        ]
    }

    private static let balance = AdminSection(
        Phrase("Balance", "Guthaben"),
        .relatedFacts(path: "/api/admin/vendors/{id}/balance/", money))

    private static let money: [AdminColumn] = [
        .money("available_balance", Phrase("Can be paid out", "Auszahlbar")),
        .money("pending_balance", Phrase("On hold", "In der Wartezeit")),
        .money("balance", Phrase("Together", "Zusammen")),
    ]

    private static let related: [AdminSection] = [
        AdminSection(
            Phrase("Ledger", "Kontobuch"),
            .related(
                path: "/api/admin/vendors/{id}/ledger/?page_size=20",
                [
                    .moment("created_at", Phrase("When", "Wann")), .status("entry_type", Phrase("Entry", "Buchung")),
                    .money("amount", Phrase("Amount", "Betrag")),
                    .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
                    .link("payout_id", Phrase("Payout", "Auszahlung"), to: "payouts", key: "payout_id"),
                    .text("reason", Phrase("Reason", "Grund")),
                    .moment("available_at", Phrase("Available", "Verfügbar")),
                ])),
        AdminSection(
            Phrase("Payouts", "Auszahlungen"),
            .related(
                path: "/api/admin/payouts/?vendor={id}&page_size=10",
                [
                    .code("id", Phrase("Number", "Nummer")), .day("period_start", Phrase("From", "Von")),
                    .day("period_end", Phrase("Until", "Bis")), .money("amount", Phrase("Amount", "Betrag")),
                    .status("status", Phrase("Status", "Status")),
                ])
        ).with {
            $0.screen = ("payouts", "id")
            $0.listing = ("payouts", "vendor={id}")
            $0.hidesEmpty = true
        },
        AdminSection(
            Phrase("Products", "Produkte"),
            .related(
                path: "/api/admin/products/?vendor={id}&page_size=10",
                [
                    .picture("image", Phrase("Picture", "Bild")), .text("name", Phrase("Name", "Name")),
                    .code("sku", Phrase("SKU", "Artikelnummer")), .money("price", Phrase("Price", "Preis")),
                    .status("approval_status", Phrase("Approval", "Freigabe")),
                    .number("stock_quantity", Phrase("Available", "Verfügbar")),
                ])
        ).with {
            $0.screen = ("products", "id")
            $0.listing = ("products", "vendor={id}")
        },
        AdminSection(
            Phrase("Orders", "Bestellungen"),
            .related(
                path: "/api/admin/orders/?vendor={id}&page_size=10",
                [
                    .text("order_number", Phrase("Number", "Nummer")), .status("status", Phrase("Status", "Status")),
                    .money("total", Phrase("Total", "Gesamt")), .moment("created_at", Phrase("Placed", "Bestellt")),
                ])
        ).with {
            $0.screen = ("orders", "id")
            $0.listing = ("orders", "vendor={id}")
            $0.hidesEmpty = true
        },
        AdminSection(
            Phrase("What customers say", "Was Kunden sagen"),
            .related(
                path: "/api/vendors/{id}/reviews/?page_size=10",
                [
                    AdminColumn("rating", Phrase("Stars", "Sterne"), .stars),
                    AdminColumn("review_text", Phrase("Review", "Bewertung"), .longText),
                    AdminColumn("user.display_name", Phrase("By", "Von"), .note),
                    .moment("created_at", Phrase("Written", "Geschrieben")),
                ])
        ).with { $0.hidesEmpty = true },
    ]
}

/// What staff do to vendors.
extension VendorsModule {
    private static let told = Phrase("The vendor is told by e-mail.", "Der Händler erfährt es per E-Mail.")

    private static let reason = AdminField(
        "reason", Phrase("Reason", "Grund"), .longText, isRequired: true, help: told)

    private static let decisions: [AdminAction] = [
        decision("approve", Phrase("Approve", "Freigeben"), from: ["pending", "rejected"]) {
            $0.fields = [
                AdminField(
                    "commission_rate", Phrase("Commission", "Provision"), .rate,
                    help: Phrase("Blank: by the shop's rules.", "Leer: nach den Regeln des Shops."),
                    source: "commission_rate")
            ]
            $0.weight = .primary
        },
        decision("reject", Phrase("Reject", "Ablehnen"), from: ["pending"]) { $0.fields = [reason] },
        decision("suspend", Phrase("Suspend", "Sperren"), from: ["approved"]) {
            $0.fields = [reason]
            $0.weight = .danger
            $0.undo = "reinstate"
            $0.explanation = Phrase(
                "The products are hidden at once; orders go on.",
                "Die Produkte verschwinden sofort; Bestellungen laufen weiter.")
        },
        decision("reinstate", Phrase("Lift the suspension", "Sperre aufheben"), from: ["suspended"]) { _ in },
    ]

    private static func decision(
        _ name: String, _ title: Phrase, from statuses: [String], _ change: (inout AdminAction) -> Void
    ) -> AdminAction {
        AdminAction(name, title, .put, "/api/admin/vendors/{id}/\(name)/").with {
            $0.condition = .oneOf("status", statuses)
            $0.effects = [.mailsVendor]
            $0.isBulk = true
            change(&$0)
        }
    }

    private static let adjust = AdminAction(
        "adjust", Phrase("Adjust the balance", "Guthaben korrigieren"), .post, "/api/admin/vendors/{id}/adjustments/"
    ).with {
        $0.fields = [
            AdminField(
                "amount", Phrase("Amount", "Betrag"), .money, isRequired: true,
                help: Phrase("With a minus it is taken from the vendor.", "Mit Minus wird es dem Händler abgezogen.")),
            AdminField("reason", Phrase("Reason", "Grund"), .longText, isRequired: true),
        ]
        $0.shows = money
        $0.isShownAgain = true
    }
}
