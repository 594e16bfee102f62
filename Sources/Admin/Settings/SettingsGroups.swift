import AdminPages

/// What the admin calls a setting; what it may hold is the endpoint's to say.
struct SettingLabel: Sendable {
    /// The setting's name.
    let key: String
    let title: Phrase
    let help: Phrase?

    init(_ key: String, _ title: Phrase, help: Phrase? = nil) {
        self.key = key
        self.title = title
        self.help = help
    }
}

/// Settings under one heading.
struct SettingsGroup: Sendable {
    let title: Phrase
    let explanation: Phrase?
    let labels: [SettingLabel]

    init(_ title: Phrase, explanation: Phrase? = nil, _ labels: [SettingLabel]) {
        self.title = title
        self.explanation = explanation
        self.labels = labels
    }

    /// All groups, in the order of the page.
    static let all = [shop, addresses, mail, orders, customers, marketplace, textMessages, signIn]

    private static let shop = SettingsGroup(
        Phrase("Shop", "Shop"),
        [
            SettingLabel(
                "SHOP_NAME", Phrase("Name", "Name"),
                help: Phrase("On invoices, in mails and in this admin.", "Auf Rechnungen, in Mails und hier.")),
            SettingLabel(
                "SHOP_ADDRESS", Phrase("Address and registrations", "Anschrift und Register"),
                help: Phrase(
                    "One a line: street, town, tax number. They stand under the name on new invoices.",
                    """
                    Je Zeile eine Angabe: Straße, Ort, Steuernummer. Sie stehen auf neuen Rechnungen unter dem \
                    Namen.
                    """)
            ),
            SettingLabel(
                "DEFAULT_CURRENCY", Phrase("Currency", "Währung"),
                help: Phrase("It stays as it is once there are prices.", "Sie bleibt, sobald es Preise gibt.")),
            SettingLabel("TAX_INCLUSIVE", Phrase("Prices include the tax", "Preise enthalten die Steuer")),
            SettingLabel(
                "TIME_ZONE", Phrase("Time zone", "Zeitzone"),
                help: Phrase(
                    "By its clocks days begin, and the years of invoices.",
                    "Nach ihren Uhren beginnen Tage und Rechnungsjahre.")),
            SettingLabel(
                "LANGUAGE_CODE", Phrase("Language", "Sprache"),
                help: Phrase(
                    "Of mails to guests: en, de, or another one that you have added mail templates for.",
                    "Der Mails an Gäste: en, de oder eine andere, für die Sie Mailvorlagen angelegt haben.")),
        ])

    private static let addresses = SettingsGroup(
        Phrase("Addresses", "Adressen"),
        [
            SettingLabel(
                "PUBLIC_URL", Phrase("Address of this server", "Adresse dieses Servers"),
                help: Phrase(
                    """
                    Such as https://shop.example.com, once it is reached there. Links begin with it, and with https \
                    this admin too is open over https alone. Blank takes it from each request.
                    """,
                    """
                    Etwa https://shop.example.com, sobald er dort erreichbar ist. Links beginnen damit, und mit \
                    https ist auch diese Verwaltung nur noch über https offen. Leer: wie jeweils aufgerufen.
                    """
                )),
            SettingLabel(
                "FRONTEND_URL", Phrase("Address of the storefront", "Adresse der Ladenseiten"),
                help: Phrase(
                    "The pages that customers see: links in mails lead there.",
                    "Die Seiten, die Kunden sehen: Dorthin führen Links in Mails.")),
        ])

    private static let mail = SettingsGroup(
        Phrase("E-mail", "E-Mail"),
        explanation: Phrase(
            "Without a mail server nothing leaves the shop: mails are kept in its own mailbox.",
            "Ohne Mailserver verlässt nichts den Shop: Mails bleiben in seinem eigenen Postfach."),
        [
            SettingLabel(
                "EMAIL_HOST", Phrase("Mail server", "Mailserver"),
                help: Phrase("Such as smtp.example.com.", "Etwa smtp.example.com.")),
            SettingLabel(
                "EMAIL_PORT", Phrase("Port", "Port"),
                help: Phrase("Blank for the usual one: 587, 465 or 25.", "Leer für den üblichen: 587, 465 oder 25.")),
            SettingLabel(
                "EMAIL_USE_TLS", Phrase("STARTTLS", "STARTTLS"),
                help: Phrase("Usual with port 587.", "Üblich bei Port 587.")),
            SettingLabel(
                "EMAIL_USE_SSL", Phrase("TLS from the first byte", "TLS von Anfang an"),
                help: Phrase("Usual with port 465.", "Üblich bei Port 465.")),
            SettingLabel("EMAIL_HOST_USER", Phrase("User name", "Benutzername")),
            SettingLabel("EMAIL_HOST_PASSWORD", Phrase("Password of the mail server", "Passwort des Mailservers")),
            SettingLabel(
                "DEFAULT_FROM_EMAIL", Phrase("Sender", "Absender"),
                help: Phrase(
                    "Such as My Shop <shop@example.com>.", "Etwa Mein Shop <shop@example.com>.")),
            SettingLabel(
                "STAFF_EMAIL", Phrase("Notices to staff", "Hinweise an das Personal"),
                help: Phrase(
                    "Addresses, one a line, that are told of what needs a decision. Blank for the sender.",
                    "Adressen, je Zeile eine, die erfahren, was zu entscheiden ist. Leer für den Absender.")),
        ])

    private static let orders = SettingsGroup(
        Phrase("Orders", "Bestellungen"),
        [
            SettingLabel(
                "RESERVATION_MINUTES",
                Phrase("Minutes until an unpaid order expires", "Minuten, bis eine unbezahlte Bestellung verfällt")),
            SettingLabel(
                "TRANSFER_DAYS",
                Phrase("Days that a bank transfer may take", "Tage, die eine Überweisung dauern darf")),
            SettingLabel(
                "RETURN_DAYS",
                Phrase("Days in which goods may be sent back", "Tage, in denen Ware zurückgeschickt werden darf")),
            SettingLabel(
                "SANDBOX_GATEWAY", Phrase("Offer the sandbox for payments", "Die Sandbox zum Bezahlen anbieten"),
                help: Phrase(
                    "For trying the shop out: everybody can pay without money.",
                    "Zum Ausprobieren: Jeder kann ohne Geld bezahlen.")),
        ])

    private static let customers = SettingsGroup(
        Phrase("Customers and reviews", "Kunden und Bewertungen"),
        [
            SettingLabel(
                "REQUIRE_VERIFIED_EMAIL",
                Phrase("Only verified addresses sign in", "Nur bestätigte Adressen melden sich an")),
            SettingLabel(
                "REVIEWS_AUTO_APPROVE",
                Phrase("Show reviews before anybody has read them", "Bewertungen ungelesen zeigen")),
        ])

    private static let marketplace = SettingsGroup(
        Phrase("Vendors", "Händler"),
        [
            SettingLabel(
                "VENDOR_AUTO_APPROVE",
                Phrase("Show vendors' products before anybody has seen them", "Waren von Händlern ungesehen zeigen")),
            SettingLabel(
                "COMMISSION_RATE", Phrase("Commission", "Provision"),
                help: Phrase("Where no rule says otherwise.", "Wo keine Regel etwas anderes sagt.")),
            SettingLabel(
                "PAYOUT_HOLD_DAYS",
                Phrase(
                    "Days after delivery until earnings are paid out",
                    "Tage nach Zustellung, bis Erlöse ausgezahlt werden")),
            SettingLabel(
                "PAYOUT_IBAN", Phrase("IBAN that payouts leave from", "IBAN, von der Auszahlungen abgehen")),
            SettingLabel("PAYOUT_BIC", Phrase("Its BIC", "Deren BIC")),
        ])

    private static let textMessages = SettingsGroup(
        Phrase("Text messages", "Textnachrichten"),
        [
            SettingLabel(
                "SMS_PROVIDER", Phrase("Sent by", "Versand durch"),
                help: Phrase(
                    "The mailbox keeps them in the shop.", "Das Postfach (Mailbox) behält sie im Shop.")),
            SettingLabel("TWILIO_ACCOUNT_SID", Phrase("Account at Twilio", "Konto bei Twilio")),
            SettingLabel("TWILIO_AUTH_TOKEN", Phrase("Token of Twilio", "Token von Twilio")),
            SettingLabel("TWILIO_FROM_NUMBER", Phrase("Sender's number", "Nummer des Absenders")),
        ])

    private static let signIn = SettingsGroup(
        Phrase("Sign-in with other accounts", "Anmeldung mit anderen Konten"),
        [
            SettingLabel("GOOGLE_CLIENT_ID", Phrase("Client ID at Google", "Client-ID bei Google")),
            SettingLabel("APPLE_CLIENT_ID", Phrase("Client ID at Apple", "Client-ID bei Apple")),
            SettingLabel("FACEBOOK_APP_ID", Phrase("App ID at Facebook", "App-ID bei Facebook")),
            SettingLabel("FACEBOOK_APP_SECRET", Phrase("App secret at Facebook", "App-Geheimnis bei Facebook")),
        ])

    /// Settings that the endpoint knows and no group has.
    static func others(_ keys: [String]) -> SettingsGroup {
        SettingsGroup(Phrase("More", "Weiteres"), keys.map { SettingLabel($0, Phrase($0, $0)) })
    }
}
