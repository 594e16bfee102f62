import AdminPages

/// Payment gateways in the admin.
extension PaymentsModule {
    static let gatewayScreen = AdminScreen(
        "payment-gateways", in: .settings, Phrase("Payment gateways", "Zahlungsanbieter"),
        one: Phrase("payment gateway", "Zahlungsanbieter"), list: "/api/admin/payment-gateways/",
        item: "/api/admin/payment-gateways/{code}/", key: "code", label: "code",
        columns: [
            .picture("logo", Phrase("Logo", "Logo")),
            .status("code", Phrase("Gateway", "Zahlungsanbieter")),
            .text("name", customersRead),
            .flag("is_active", Phrase("Offered", "Angeboten")),
            .flag("is_configured", Phrase("Set up", "Eingerichtet")),
            .flag("is_test", Phrase("Test keys", "Testschlüssel")),
            AdminColumn("supported_currencies", Phrase("Currencies", "Währungen"), .list("")),
            .number("display_order", Phrase("Place", "Reihenfolge")),
        ], form: gatewayForm,
        sections: [
            AdminSection(
                Phrase("State", "Zustand"),
                .facts([
                    .picture("logo", Phrase("Logo", "Logo")),
                    .text("name", customersRead),
                    .flag("is_configured", Phrase("Has all that it needs", "Hat alles, was er braucht")),
                    .flag("is_test", Phrase("Test keys: no money moves", "Testschlüssel: Es fließt kein Geld")),
                    AdminColumn(
                        "environment_keys", Phrase("Set by the environment", "Von der Umgebung gesetzt"), .list("")),
                ]))
        ],
        actions: [setLogo, dropLogo])

    private static let customersRead = Phrase("Customers read", "Kunden lesen")

    private static let gatewayForm = AdminForm(groups: [
        AdminForm.Group(
            nil,
            [
                AdminField("is_active", Phrase("Offer it to customers", "Kunden anbieten"), .flag),
                AdminField(
                    "display_order", Phrase("Place", "Reihenfolge"), .integer,
                    help: Phrase("The lowest number comes first.", "Die kleinste Zahl steht vorn.")),
                AdminField(
                    "supported_currencies", Phrase("Currencies", "Währungen"), .lines,
                    help: Phrase(
                        "One a line, such as EUR; blank for all that it can take.",
                        "Je Zeile eine, etwa EUR; leer für alle, die er annehmen kann.")),
            ]),
        AdminForm.Group(Phrase("Keys", "Zugangsdaten"), keyFields),
    ]).with {
        $0.creates = false
        $0.deletes = false
    }

    /// A field for each key of a configuration, for the gateways that have it.
    private static let keyFields: [AdminField] = {
        var (names, kinds, codes): ([String], [String: GatewayConfiguration.Key.Kind], [String: [String]]) = (
            [], [:], [:]
        )
        for code in GatewayCode.allCases {
            for key in GatewaySettings.keys[code] ?? [] {
                if kinds[key.name] == nil { names.append(key.name) }
                kinds[key.name] = key.kind
                codes[key.name, default: []].append(code.rawValue)
            }
        }
        return names.map { name in
            AdminField("configuration." + name, keyTitles[name] ?? Phrase(name, name), fieldKind(kinds[name])).with {
                $0.condition = .oneOf("code", codes[name] ?? [])
                if case .choice = $0.kind { $0.omitsEmpty = true }
            }
        }
    }()

    private static func fieldKind(_ kind: GatewayConfiguration.Key.Kind?) -> AdminField.Kind {
        switch kind {
        case .secret?: .secret
        case .choice(let words)?: .choice(words)
        case .text?, .address?, nil: .text
        }
    }

    private static let keyTitles = [
        "secret_key": Phrase("Secret key", "Geheimer Schlüssel"),
        "public_key": Phrase("Public key", "Öffentlicher Schlüssel"),
        "webhook_secret": Phrase("Secret of the webhook", "Geheimnis des Webhooks"),
        "api_base": Phrase("Address of the API, where it is another", "Adresse der API, falls abweichend"),
        "capture_method": Phrase("Capture", "Einzug"),
        "client_id": Phrase("Client id", "Client-ID"),
        "secret": Phrase("Secret", "Geheimnis"),
        "webhook_id": Phrase("Id of the webhook", "Id des Webhooks"),
        "mode": Phrase("Mode", "Modus"),
        "intent": Phrase("Capture", "Einzug"),
        "ca_file": Phrase("File of certificates, for tests", "Datei mit Zertifikaten, für Tests"),
        "key_id": Phrase("Key id", "Schlüssel-ID"),
        "key_secret": Phrase("Key secret", "Geheimer Schlüssel"),
    ]

    private static let setLogo = AdminAction(
        "logo", Phrase("Upload a logo", "Logo hochladen"), .post, "/api/admin/payment-gateways/{code}/logo/"
    ).with {
        $0.fields = [
            AdminField(
                "logo", Phrase("Logo", "Logo"), .file(["image/png", "image/jpeg", "image/webp"]), isRequired: true)
        ]
    }

    private static let dropLogo = AdminAction(
        "no-logo", Phrase("Take the logo away", "Logo entfernen"), .delete, "/api/admin/payment-gateways/{code}/logo/"
    ).with {
        $0.condition = .holds("logo")
        $0.effects = [.isFinal]
    }
}
