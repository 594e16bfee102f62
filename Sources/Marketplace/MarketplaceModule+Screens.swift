import AdminPages
import Primitives

/// Vendors' money in the admin: payouts, and the rules of commission.
extension MarketplaceModule {
    static let screens: [AdminScreen] = [payouts, commissionRules]

    private static let payouts = AdminScreen(
        "payouts", in: .people, Phrase("Payouts", "Auszahlungen"), one: Phrase("payout", "Auszahlung"),
        list: "/api/admin/payouts/", item: "/api/admin/payouts/{id}/", label: "id",
        columns: [
            .code("id", Phrase("Number", "Nummer")),
            .link("vendor_name", Phrase("Vendor", "Händler"), to: "vendors", key: "vendor_id"),
            .money("amount", Phrase("Amount", "Betrag"), sort: "amount"), .day("period_start", Phrase("From", "Von")),
            .day("period_end", Phrase("Until", "Bis")), .status("status", Phrase("Status", "Status")),
            .status("payout_method", Phrase("Paid by", "Zahlung per")),
            .moment("created_at", Phrase("Made", "Erstellt"), sort: "created_at"),
            .moment("exported_at", Phrase("Sent to the bank", "An die Bank gegeben")).hidden,
            .moment("processed_at", Phrase("Settled", "Erledigt")).hidden,
            .code("transaction_reference", Phrase("Reference", "Referenz")).hidden,
        ],
        filters: narrowing(["pending", "processing", "completed", "failed"]),
        search: Phrase("Vendor's name, or reference of the bank", "Name des Händlers oder Referenz der Bank"),
        sections: [facts],
        actions: [complete, fail],
        hint: Phrase(
            "Vendors are paid by runs: one takes what each of them has earned by the end of a period.",
            "Händler werden in Läufen bezahlt: Einer nimmt, was sie bis zum Ende eines Zeitraums verdient haben.")
    ).with {
        $0.commands = [process, message, messageFile, table, reconcile]
        $0.files = [
            AdminFile("statement", Phrase("Statement", "Abrechnung"), "/api/admin/payouts/{id}/statement/"),
            AdminFile(
                "message", Phrase("Message to the bank", "Datei für die Bank"),
                "/api/admin/payouts/export/?format=pain.001&message={bank_message_id}",
                where: .holds("bank_message_id")),
        ]
    }

    private static func narrowing(_ statuses: [String]) -> [AdminFilter] {
        [
            AdminFilter("vendor", vendor, .row(screen: "vendors", value: "id")),
            AdminFilter("status", Phrase("Status", "Status"), .choice(statuses)),
            AdminFilter("from", Phrase("From", "Von"), .day), AdminFilter("until", Phrase("Until", "Bis"), .day),
        ]
    }

    private static let vendor = Phrase("Vendor", "Händler")

    private static let facts = AdminSection(
        Phrase("Payout", "Auszahlung"),
        .facts([
            .link("vendor_name", vendor, to: "vendors", key: "vendor_id"),
            .money("amount", Phrase("Amount", "Betrag")), .status("status", Phrase("Status", "Status")),
            .day("period_start", Phrase("From", "Von")), .day("period_end", Phrase("Until", "Bis")),
            .status("payout_method", Phrase("Paid by", "Zahlung per")),
            .code("transaction_reference", Phrase("Reference of the bank", "Referenz der Bank")),
            AdminColumn("failure_reason", Phrase("Reason of the failure", "Grund des Scheiterns"), .note),
            .code("bank_message_id", Phrase("Message to the bank", "Datei für die Bank")),
            .moment("created_at", Phrase("Made", "Erstellt")),
            .moment("exported_at", Phrase("Sent to the bank", "An die Bank gegeben")),
            .moment("processed_at", Phrase("Settled", "Erledigt")),
        ]))
}

/// What staff do with payouts.
extension MarketplaceModule {
    private static let isOpen = AdminCondition.oneOf("status", ["pending", "processing"])

    private static let complete = AdminAction(
        "complete", Phrase("Has been paid", "Ist bezahlt"), .put, "/api/admin/payouts/{id}/complete/"
    ).with {
        $0.fields = [
            AdminField(
                "transaction_reference", Phrase("Reference of the bank", "Referenz der Bank"), .text, isRequired: true)
        ]
        $0.condition = isOpen
        $0.effects = [.mailsVendor, .isFinal]
        $0.weight = .primary
    }

    private static let fail = AdminAction(
        "fail", Phrase("Has failed", "Ist gescheitert"), .put, "/api/admin/payouts/{id}/fail/"
    ).with {
        $0.fields = [AdminField("reason", Phrase("Reason", "Grund"), .longText, isRequired: true)]
        $0.condition = isOpen
        $0.weight = .danger
        $0.explanation = Phrase(
            "The amount can be paid out again, and the vendor is told.",
            "Der Betrag ist wieder auszahlbar, und der Händler erfährt es.")
    }

    private static let process = AdminAction(
        "process", Phrase("Make payouts", "Auszahlungen erstellen"), .post, "/api/admin/vendors/payouts/process/"
    ).with {
        $0.fields = [
            AdminField("period_start", Phrase("First day", "Erster Tag"), .day, isRequired: true),
            AdminField("period_end", Phrase("Last day", "Letzter Tag"), .day, isRequired: true),
            AdminField(
                "vendors", Phrase("Vendors", "Händler"), .rows(screen: "vendors", value: "id"),
                help: Phrase("All of them where none is chosen.", "Alle, wenn niemand ausgewählt ist.")
            ).with { $0.omitsEmpty = true },
        ]
        $0.explanation = Phrase(
            "Each vendor with something due gets one payout of the period; the same period twice pays nothing twice.",
            "Wer fälliges Guthaben hat, erhält eine Auszahlung je Zeitraum, auch beim zweiten Mal nur eine.")
        $0.shows = [
            AdminColumn("payouts", Phrase("Payouts made", "Erstellte Auszahlungen"), .list("vendor_name"))
        ]
        $0.isShownAgain = true
    }

    private static let message = AdminAction(
        "message", Phrase("Message to the bank", "Datei für die Bank"), .post, "/api/admin/payouts/export/"
    ).with {
        $0.fields = pending
        $0.explanation = Phrase(
            "Takes the pending payouts that no message has into one (pain.001), which you give to your bank.",
            "Nimmt ausstehende Auszahlungen, die noch in keiner Datei sind, in eine (pain.001) für Ihre Bank auf.")
        $0.shows = [
            .code("message_id", Phrase("Message", "Datei")), .money("total", Phrase("Total", "Gesamt")),
            AdminColumn("payouts", Phrase("Payouts", "Auszahlungen"), .list("id")),
            AdminColumn("left_out", Phrase("Left out", "Nicht enthalten"), .list("payout_id")),
            AdminColumn("left_out", Phrase("Reasons", "Gründe"), .list("reason")),
            .flag("has_more", Phrase("More wait for another message", "Weitere warten auf die nächste Datei")),
        ]
        $0.isShownAgain = true
        $0.next = "message-file"
    }

    private static let messageFile = AdminAction(
        "message-file", Phrase("File of a message", "Datei herunterladen"), .get, "/api/admin/payouts/export/"
    ).with {
        $0.fields = [
            AdminField(
                "message", Phrase("Message", "Datei"), .text, isRequired: true,
                help: Phrase(
                    "The id that was shown when it was made; payouts in it name it.",
                    "Die Kennung, die beim Erstellen gezeigt wurde; enthaltene Auszahlungen nennen sie."),
                source: "message_id")
        ]
        $0.body = ["format": .string("pain.001")]
    }

    private static let table = AdminAction(
        "table", Phrase("Table with accounts (CSV)", "Tabelle mit Konten (CSV)"), .get, "/api/admin/payouts/export/"
    ).with {
        $0.fields =
            [
                AdminField(
                    "status", Phrase("Status", "Status"), .choice(["pending", "processing", "completed", "failed"]),
                    isRequired: true
                ).with { $0.standard = "pending" }
            ] + pending
        $0.explanation = Phrase(
            "The table has the accounts that money goes to. That you took it is written down.",
            "Die Tabelle enthält die Konten, auf die Geld geht. Der Abruf wird protokolliert.")
    }

    private static let pending: [AdminField] = [
        AdminField("vendor", vendor, .row(screen: "vendors", value: "id")),
        AdminField("from", Phrase("From", "Von"), .day), AdminField("until", Phrase("Until", "Bis"), .day),
    ]

    private static let reconcile = AdminAction(
        "reconcile", Phrase("Answer of the bank", "Antwort der Bank"), .post, "/api/admin/payouts/reconcile/"
    ).with {
        $0.fields = [
            AdminField(
                "file", Phrase("File", "Datei"), .file([".xml", "application/xml", "text/xml"]), isRequired: true,
                help: Phrase("pain.002 or camt.053", "pain.002 oder camt.053"))
        ]
        $0.explanation = Phrase(
            "Payouts follow what the bank says of them. The same file twice changes nothing more.",
            "Auszahlungen folgen dem, was die Bank von ihnen sagt. Dieselbe Datei ändert beim zweiten Mal nichts.")
        $0.shows = [
            .code("file_type", Phrase("Kind", "Art")),
            AdminColumn("payouts", Phrase("Payouts changed", "Geänderte Auszahlungen"), .list("id")),
            AdminColumn("unmatched", Phrase("Without an effect", "Ohne Wirkung"), .list("reason")),
        ]
        $0.isShownAgain = true
    }
}

/// The rules of commission.
extension MarketplaceModule {
    private static let commissionRules = AdminScreen(
        "commission-rules", in: .people, Phrase("Commission", "Provisionen"),
        one: Phrase("rule of commission", "Provisionsregel"), list: "/api/admin/commission-rules/", label: "id",
        columns: [
            .code("id", Phrase("Number", "Nummer")),
            .link("vendor_name", vendor, to: "vendors", key: "vendor"),
            .link("category_name", Phrase("Category", "Kategorie"), to: "categories", key: "category"),
            .rate("rate", Phrase("Rate", "Satz"), sort: "rate"),
            .moment("valid_from", Phrase("Valid from", "Gilt ab"), sort: "valid_from"),
            .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at").hidden,
        ],
        filters: [
            AdminFilter("vendor", vendor, .row(screen: "vendors", value: "id")),
            AdminFilter(
                "category", Phrase("Category", "Kategorie"), .row(screen: "categories", value: "id")),
        ],
        form: AdminForm([
            AdminField("rate", Phrase("Rate", "Satz"), .rate, isRequired: true),
            AdminField(
                "vendor", vendor, .row(screen: "vendors", value: "id"),
                help: Phrase(
                    "For one vendor or for one category; neither: for all sales.",
                    "Für einen Händler oder eine Kategorie; ohne beides für alle Verkäufe.")),
            AdminField("category", Phrase("Category", "Kategorie"), .row(screen: "categories", value: "id")),
            AdminField(
                "valid_from", Phrase("Valid from", "Gilt ab"), .moment,
                help: Phrase("Blank: from now on.", "Leer: ab jetzt.")),
        ]),
        hint: Phrase(
            "Without a rule the shop keeps the rate of its settings. What was sold keeps the rate of then.",
            "Ohne Regel gilt der Satz der Einstellungen. Was verkauft ist, behält den Satz von damals."))
}
