import AdminPages

extension NotificationsModule {
    private static let item = TemplateRoutes.path + "{id}/"

    private static let subject = Phrase("Subject", "Betreff")
    private static let text = Phrase("Text", "Text")
    private static let html = Phrase("HTML", "HTML")
    private static let name = Phrase("Own name", "Eigener Name")
    private static let kind = Phrase("Type", "Art")
    private static let language = Phrase("Language", "Sprache")
    private static let isShipped = Phrase("As the shop comes", "Wie mitgeliefert")
    private static let isUsed = Phrase("In use", "In Gebrauch")

    /// Templates of mails in the admin, of these types.
    static func templates(types: [String]) -> AdminScreen {
        AdminScreen(
            "email-templates", in: .settings, Phrase("E-mail templates", "E-Mail-Vorlagen"),
            one: Phrase("e-mail template", "E-Mail-Vorlage"), list: TemplateRoutes.path, label: "template_type",
            columns: [
                .status("template_type", kind, sort: "template_type"),
                .text("language", language, sort: "language"),
                .text("subject", subject),
                .flag("is_default", isShipped),
                .flag("is_active", isUsed),
                .moment("updated_at", Phrase("Changed", "Geändert"), sort: "updated_at"),
                .text("name", name, sort: "name").hidden,
            ],
            filters: [
                AdminFilter("template_type", kind, .choice(types)),
                AdminFilter("language", language, .text),
                AdminFilter("is_default", isShipped, .flag),
                AdminFilter("is_active", isUsed, .flag),
            ],
            search: Phrase("Name or type", "Name oder Art"), form: form(types), sections: [variables],
            actions: [test, reset]
        ).with { $0.preview = preview }
    }

    private static func form(_ types: [String]) -> AdminForm {
        AdminForm([
            AdminField("template_type", kind, .choice(types), isRequired: true).with { $0.use = .creating },
            AdminField(
                "language", language, .text, isRequired: true,
                help: Phrase("A language tag: de, en, fr, pt-br.", "Ein Sprachkürzel: de, en, fr, pt-br.")
            ).with { $0.use = .creating },
            AdminField(
                "name", name, .text,
                help: Phrase("A column of the list shows it.", "Eine Spalte der Liste zeigt ihn.")),
            AdminField("subject", subject, .text, isRequired: true),
            AdminField("html_content", html, .source, isRequired: true),
            AdminField("text_content", text, .source, isRequired: true),
            AdminField(
                "is_active", isUsed, .flag,
                help: Phrase(
                    "Otherwise mails have the text that the shop comes with.",
                    "Sonst haben E-Mails den mitgelieferten Text.")
            ).with { $0.standard = "true" },
        ]).with { $0.deletesWhere = .not(.holds("is_shipped")) }
    }

    private static let variables = AdminSection(
        Phrase("About this template", "Über diese Vorlage"),
        .facts([
            .status("template_type", kind), .text("language", language), .flag("is_default", isShipped),
            .code("variables", Phrase("Variables", "Variablen")),
            .moment("updated_at", Phrase("Changed", "Geändert")),
        ]))

    private static let preview = AdminPreview(
        .post, item + "preview/", fields: ["subject", "html_content", "text_content"],
        parts: [
            AdminPreview.Part("subject", subject, .line), AdminPreview.Part("html", html, .document),
            AdminPreview.Part("text", text, .plain),
        ],
        explanation: Phrase(
            "What is typed above, filled with sample values. Nothing is saved.",
            "Was oben steht, mit Beispielwerten gefüllt. Gespeichert wird dabei nichts."))

    private static let test = AdminAction("test", Phrase("Send a test", "Test senden"), .post, item + "test/").with {
        $0.fields = [AdminField("email", Phrase("To the address", "An die Adresse"), .text, isRequired: true)]
        $0.explanation = Phrase(
            "The text that is saved is sent, filled with sample values.",
            "Gesendet wird der gespeicherte Text, mit Beispielwerten gefüllt.")
    }

    private static let reset = AdminAction("reset", Phrase("Reset", "Zurücksetzen"), .post, item + "reset/").with {
        $0.condition = .all([.holds("is_shipped"), .not(.holds("is_default"))])
        $0.weight = .danger
        $0.checksVersion = true
        $0.explanation = Phrase(
            "The text becomes again what the shop comes with.", "Der Text wird wieder der mitgelieferte.")
    }
}
