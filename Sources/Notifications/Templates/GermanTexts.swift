import Messages
import Primitives

/// German texts, and samples, for types of mail whose rooms bring English alone.
enum GermanTexts {
    /// Returns a template with what is here for its type, unless its room has its own.
    static func completing(_ template: MailTemplate, _ type: String) -> MailTemplate {
        var template = template
        if template.texts["de"] == nil, let text = texts[type] { template = template.translated("de", text) }
        if template.sample.isEmpty, let sample = samples[type] { template = template.sampled(sample) }
        return template
    }

    private static let texts: [String: MailText] = [
        "price_drop_alert": MailText(
            "{{product_name}} kostet jetzt {{new_price}} {{currency}}",
            """
            Etwas von Ihrer Wunschliste ist günstiger geworden:

            {{product_name}}{{#options}} ({{options}}){{/options}}
            {{new_price}} {{currency}} statt {{old_price}} {{currency}}

            {{product_url}}
            """,
            """
            <p>Etwas von Ihrer Wunschliste ist günstiger geworden:</p>
            <p><a href="{{product_url}}">{{product_name}}</a>{{#options}} ({{options}}){{/options}}<br>
            <b>{{new_price}} {{currency}}</b> statt <s>{{old_price}} {{currency}}</s></p>
            """),
        "back_in_stock_alert": MailText(
            "{{product_name}} ist wieder da",
            """
            Etwas von Ihrer Wunschliste ist wieder zu haben:

            {{product_name}}{{#options}} ({{options}}){{/options}}
            {{price}} {{currency}}

            {{product_url}}
            """,
            """
            <p>Etwas von Ihrer Wunschliste ist wieder zu haben:</p>
            <p><a href="{{product_url}}">{{product_name}}</a>{{#options}} ({{options}}){{/options}}<br>
            {{price}} {{currency}}</p>
            """),
        "vendor_registered": plain(
            "Wir haben Ihre Bewerbung für {{business_name}}",
            "Vielen Dank, dass Sie {{business_name}} als Händler angemeldet haben.",
            "Schicken Sie uns Ihre Unterlagen, und wir sehen sie uns an. Bis zur Entscheidung können Sie Ihr Profil ausfüllen."
        ),
        "vendor_approved": plain(
            "{{business_name}} kann jetzt verkaufen",
            "{{business_name}} ist zugelassen. Sie können Ihre Produkte jetzt in den Shop bringen."),
        "vendor_rejected": plain(
            "Zu Ihrer Bewerbung für {{business_name}}",
            "Wir können {{business_name}} nicht als Händler aufnehmen.{{#reason}} {{reason}}{{/reason}}"),
        "vendor_suspended": plain(
            "{{business_name}} ist gesperrt",
            "Wir haben {{business_name}} gesperrt: Ihre Produkte werden vorerst nicht gezeigt. Bestellungen, die Sie schon "
                + "haben, laufen weiter.{{#reason}} {{reason}}{{/reason}}"),
        "vendor_reinstated": plain(
            "{{business_name}} kann wieder verkaufen",
            "{{business_name}} ist nicht mehr gesperrt: Ihre Produkte werden wieder gezeigt."),
        "vendor_document_verified": plain(
            "Wir haben Ihre Unterlage geprüft: {{document}}",
            "Wir haben die Unterlage {{document}} von {{business_name}} geprüft. Sie ist in Ordnung."),
        "vendor_document_rejected": plain(
            "Wir brauchen eine andere Unterlage: {{document}}",
            "Wir können die Unterlage {{document}} von {{business_name}} nicht annehmen: {{reason}}",
            "Bitte schicken Sie uns eine andere."),
        "vendor_payout_changed": plain(
            "Auszahlungen an {{business_name}} gehen jetzt an ein anderes Ziel",
            "Jemand hat das Konto oder die Art geändert, wie wir {{business_name}} bezahlen.",
            "Waren Sie das nicht, ändern Sie Ihr Passwort und schreiben Sie uns sofort."),
        "product_approved": plain(
            "{{product_name}} ist im Shop",
            "Wir haben uns {{product_name}} von {{business_name}} angesehen. Es ist jetzt im Shop."),
        "product_rejected": plain(
            "Wir können {{product_name}} nicht zeigen",
            "Wir können {{product_name}} von {{business_name}} nicht zeigen.{{#reason}} {{reason}}{{/reason}}",
            "Ändern Sie es, und wir sehen es uns wieder an."),
        "webhook_disabled": plain(
            "Ein Webhook wurde abgeschaltet",
            "Der Webhook {{url}} wurde abgeschaltet. {{reason}}{{#failing_since}} Er schlägt seit {{failing_since}} fehl."
                + "{{/failing_since}}",
            "Was nicht zugestellt werden konnte, ist aufbewahrt: Schalten Sie ihn wieder ein, und es wird gesendet; später "
                + "senden Sie es erneut."),
    ]

    private static let vendor: [String: JSONValue] = [
        "business_name": .string("Teehaus Müller"), "reason": .string("A paper is missing."),
        "document": .string("business license"), "product_name": .string("Earl Grey, 250 g"),
    ]

    private static let offer: [String: JSONValue] = [
        "product_name": .string("Earl Grey"), "sku": .string("TEA-EG-250"), "options": .string("size: 250 g"),
        "currency": .string("EUR"), "old_price": .string("19.50"), "new_price": .string("14.90"),
        "price": .string("14.90"),
        "product_url": .string("https://shop.example/products/earl-grey"),
    ]

    private static let samples: [String: [String: JSONValue]] = [
        "price_drop_alert": offer, "back_in_stock_alert": offer, "product_approved": vendor, "product_rejected": vendor,
        "webhook_disabled": [
            "url": .string("https://erp.example/hooks"), "reason": .string("It has failed for five days."),
            "failing_since": .string("2026-11-25T12:00:00Z"),
        ],
    ].merging(texts.keys.filter { $0.begins(with: "vendor_") }.map { ($0, vendor) }) { own, _ in own }

    /// Makes a text of paragraphs.
    private static func plain(_ subject: String, _ paragraphs: String...) -> MailText {
        MailText(
            subject, paragraphs.joined(separator: "\n\n"),
            paragraphs.map { "<p>" + $0 + "</p>" }.joined(separator: "\n"))
    }
}
