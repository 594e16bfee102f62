import AdminPages

extension NotificationsModule {
    private static let logPath = "/api/admin/email-logs/"
    private static let suppressionPath = "/api/admin/suppressions/"
    private static let mailboxPath = "/api/admin/mailbox/"

    private static let recipient = Phrase("To", "An")
    private static let subject = Phrase("Subject", "Betreff")
    private static let status = Phrase("Status", "Status")
    private static let template = Phrase("Template", "Vorlage")
    private static let order = Phrase("Order", "Bestellung")
    private static let email = Phrase("E-mail", "E-Mail")
    private static let reason = Phrase("Reason", "Grund")
    private static let note = Phrase("Note", "Notiz")
    private static let made = Phrase("Made", "Angelegt")

    // MARK: The log

    /// The log of mails in the admin; `types` of templates are offered as a filter.
    static func logs(types: [String]) -> AdminScreen {
        AdminScreen(
            "email-logs", in: .system, Phrase("E-mails", "E-Mails"), one: Phrase("e-mail", "E-Mail"), list: logPath,
            item: logPath + "{id}/", label: "subject",
            columns: [
                .moment("created_at", made, sort: "created_at"),
                .text("email", recipient),
                .text("subject", subject),
                .status("status", status),
                .link("template_type", template, to: "email-templates", key: "template_id"),
                AdminColumn("error_message", Phrase("Error", "Fehler"), .note),
                .moment("sent_at", Phrase("Sent", "Gesendet")).hidden,
                .moment("opened_at", Phrase("Opened", "Geöffnet")).hidden,
                .moment("clicked_at", Phrase("Clicked", "Angeklickt")).hidden,
            ],
            filters: [
                AdminFilter(
                    "status", status, .choice(["pending", "sent", "failed", "bounced", "suppressed"])),
                AdminFilter("template_type", template, .choice(types)),
                AdminFilter("email", recipient, .text),
                AdminFilter("order", order, .named(screen: "orders", value: "id")),
                AdminFilter("from", Phrase("From", "Von"), .day),
                AdminFilter("until", Phrase("Until", "Bis"), .day),
            ],
            search: Phrase(
                "Beginning of the address, a part of the subject, or order number",
                "Anfang der Adresse, Teil des Betreffs oder Bestellnummer"),
            sections: [AdminSection(Phrase("What became of it", "Was daraus wurde"), .facts(logFacts))],
            actions: [resend],
            hint: Phrase(
                "Mails that the shop sends are listed here.", "Hier stehen die E-Mails, die der Shop sendet."))
    }

    private static let logFacts: [AdminColumn] = [
        .link("email", recipient, to: "customers", key: "user_id"),
        .link("order_number", order, to: "orders", key: "order_id"),
        .text("subject", subject),
        .status("status", status),
        AdminColumn("error_message", Phrase("Error", "Fehler"), .note),
        .number("attempts", Phrase("Attempts", "Versuche")),
        .link("template_type", template, to: "email-templates", key: "template_id"),
        .text("language", Phrase("Language", "Sprache")),
        .flag("is_test", Phrase("A test", "Ein Test")),
        .moment("created_at", made),
        .moment("sent_at", Phrase("Sent", "Gesendet")),
        .moment("opened_at", Phrase("Opened", "Geöffnet")),
        .moment("clicked_at", Phrase("Clicked", "Angeklickt")),
        .code("message_key", Phrase("Id of the message", "Kennung der Nachricht")),
    ]

    private static let resend = AdminAction(
        "resend", Phrase("Send again", "Erneut senden"), .post, logPath + "{id}/resend/"
    ).with {
        $0.condition = .holds("can_resend")
        $0.isBulk = true
        $0.explanation = Phrase(
            "A new mail is made of the same values, to the address that the account has by now. Mails with a code or a link "
                + "for signing in are not sent again.",
            "Aus denselben Werten entsteht eine neue E-Mail, an die jetzige Adresse des Kontos. E-Mails mit einem Code oder "
                + "einem Link zum Anmelden werden nicht erneut gesendet.")
    }

    // MARK: Addresses that get no mail

    /// Addresses that get no mail, in the admin.
    static let suppressions = AdminScreen(
        "suppressions", in: .system, Phrase("Suppressed addresses", "Gesperrte Adressen"),
        one: Phrase("suppressed address", "gesperrte Adresse"), list: suppressionPath, label: "email",
        columns: [
            .text("email", email, sort: "email"),
            .status("reason", reason),
            .text("note", note),
            .moment("created_at", Phrase("Since", "Seit"), sort: "created_at"),
        ],
        filters: [
            AdminFilter("reason", reason, .choice(["hard_bounce", "soft_bounces", "manual"])),
            AdminFilter("email", Phrase("Whole address", "Ganze Adresse"), .text),
        ],
        search: Phrase("A part of the address", "Ein Teil der Adresse"),
        form: AdminForm([
            AdminField("email", email, .text, isRequired: true),
            AdminField("note", note, .text),
        ]).with { ($0.updates, $0.deletes) = (false, false) },
        sections: [
            AdminSection(
                Phrase("Why", "Warum"),
                .facts([.status("reason", reason), .moment("created_at", Phrase("Since", "Seit"))]))
        ],
        actions: [
            AdminAction(
                "allow", Phrase("Allow mail again", "E-Mails wieder zulassen"), .delete, suppressionPath + "{id}/"
            ).with {
                $0.isBulk = true
                $0.leadsToList = true
            }
        ],
        hint: Phrase(
            "Addresses whose mails come back are put here by the shop.",
            "Adressen, deren E-Mails zurückkommen, trägt der Shop hier ein."))

    // MARK: The mailbox

    /// The built-in mailbox in the admin.
    static let mailbox = AdminScreen(
        "mailbox", in: .system, Phrase("Mailbox", "Postfach"), one: Phrase("message", "Nachricht"), list: mailboxPath,
        item: mailboxPath + "{id}/", label: "to",
        columns: [
            .text("to", recipient),
            .text("subject", subject),
            .status("channel", Phrase("Channel", "Kanal")),
            .moment("created_at", Phrase("Sent", "Gesendet")),
        ],
        filters: [
            AdminFilter("channel", Phrase("Channel", "Kanal"), .choice(["email", "sms"])),
            AdminFilter("to", recipient, .text),
        ],
        search: Phrase("Subject or text", "Betreff oder Text"),
        sections: [
            AdminSection(
                Phrase("Message", "Nachricht"),
                .facts([
                    .text("to", recipient), .text("subject", subject),
                    .moment("created_at", Phrase("Sent", "Gesendet")),
                    AdminColumn("links", Phrase("Links", "Verweise"), .address),
                    AdminColumn("text", Phrase("Text", "Text"), .note),
                ])),
            AdminSection(Phrase("As the recipient sees it", "Wie der Empfänger sie sieht"), .document(member: "html")),
        ],
        hint: Phrase(
            "Without a mail server in the shop settings the shop keeps here what it would send.",
            "Ohne Mailserver in den Shop-Einstellungen bewahrt der Shop hier auf, was er senden würde.")
    ).with { $0.commands = [emptying] }

    private static let emptying = AdminAction(
        "empty", Phrase("Empty the mailbox", "Postfach leeren"), .delete, mailboxPath
    ).with {
        $0.weight = .danger
        $0.explanation = Phrase(
            "All messages of the mailbox are deleted. This cannot be undone.",
            "Alle Nachrichten des Postfachs werden gelöscht. Das lässt sich nicht rückgängig machen.")
    }
}
