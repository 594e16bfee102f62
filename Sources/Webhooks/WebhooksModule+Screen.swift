import AdminPages
import Messages
import Primitives

extension WebhooksModule {
    private static let path = "/api/admin/webhooks/"

    /// Receivers of webhooks in the admin.
    static let screen = AdminScreen(
        "webhooks", in: .system, Phrase("Webhooks", "Webhooks"), one: Phrase("webhook", "Webhook"), list: path,
        label: "url",
        columns: [
            .text("url", url),
            .text("description", Phrase("Description", "Beschreibung")),
            AdminColumn("topics", topics, .list("")),
            .flag("is_active", active, sort: "is_active"),
            .moment("failing_since", failing),
            .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at"),
        ],
        filters: [AdminFilter("is_active", active, .flag)],
        search: Phrase("A part of the address or description", "Teil der Adresse oder Beschreibung"),
        form: AdminForm([
            AdminField(
                "url", url, .text, isRequired: true,
                help: Phrase(
                    "An https address that everybody can reach.", "Eine https-Adresse, die von überall erreichbar ist.")
            ),
            AdminField("topics", topics, .choices(offered), isRequired: true),
            AdminField("description", Phrase("Description", "Beschreibung"), .text),
            AdminField("is_active", active, .flag).with { $0.standard = "true" },
        ]).with { $0.shows = [secret] },
        sections: [state, deliveries],
        actions: [test, rotation, switching(on: true), switching(on: false)],
        hint: Phrase(
            "A webhook tells another system at once what happens in the shop.",
            "Ein Webhook sagt einem anderen System sofort, was im Shop geschieht.")
    ).with { $0.commands = [replayRange] }

    private static let url = Phrase("Address", "Adresse")
    private static let topics = Phrase("Topics", "Themen")
    private static let active = Phrase("Active", "Aktiv")
    private static let failing = Phrase("Failing since", "Scheitert seit")
    private static let secret = AdminColumn.code("secret", Phrase("Secret for the signature", "Geheimnis der Signatur"))

    /// Everything, each group, each topic.
    private static let offered: [String] = {
        let names = TopicPattern.offered.map(\.rawValue)
        var groups: [String] = []
        for name in names {
            let group = String(name.halves(at: ".").0) + ".*"
            if !groups.contains(group) { groups.append(group) }
        }
        return ["*"] + groups + names
    }()

    private static let state = AdminSection(
        Phrase("State", "Zustand"),
        .facts([
            .flag("is_active", active),
            .moment("failing_since", failing),
            .moment("disabled_at", Phrase("Switched off by the shop", "Vom Shop ausgeschaltet")),
            AdminColumn("disabled_reason", Phrase("Because", "Grund"), .note),
            .moment("former_secret_until", Phrase("The former secret signs until", "Das vorige Geheimnis gilt bis")),
        ]))

    private static let deliveries = AdminSection(
        Phrase("Deliveries", "Zustellungen"),
        .related(
            path: path + "{id}/deliveries/?page_size=50",
            [
                .moment("created_at", Phrase("Event of", "Ereignis vom")),
                .code("topic", Phrase("Topic", "Thema")),
                .status("status", Phrase("Status", "Status")),
                .number("attempts", Phrase("Attempts", "Versuche")),
                .number("response_status", Phrase("Answer", "Antwort")),
                .number("response_time_ms", Phrase("Milliseconds", "Millisekunden")),
                AdminColumn("error", Phrase("Error", "Fehler"), .note),
                .moment("next_attempt_at", Phrase("Next attempt", "Nächster Versuch")),
                .code("event_id", Phrase("Id of the event", "Kennung des Ereignisses")),
            ])
    ).with { $0.actions = [replay] }

    private static let replay = AdminAction(
        "replay", Phrase("Send again", "Erneut senden"), .post, "/api/admin/webhook-deliveries/{row.id}/replay/"
    ).with {
        $0.condition = .not(.oneOf("status", ["pending"]))
        $0.effects = [
            AdminEffect(
                Phrase(
                    "The receiver gets this event once more, under the id that it had.",
                    "Der Empfänger erhält dieses Ereignis noch einmal, unter seiner bisherigen Kennung."))
        ]
    }

    private static let replayRange = AdminAction(
        "replay-range", Phrase("Send a span of time again", "Einen Zeitraum erneut senden"), .post,
        "/api/admin/webhook-deliveries/replay/"
    ).with {
        $0.fields = [
            AdminField("from", Phrase("From", "Von"), .moment, isRequired: true),
            AdminField("until", Phrase("Until", "Bis"), .moment, isRequired: true),
            AdminField("webhook_id", Phrase("Webhook", "Webhook"), .row(screen: "webhooks", value: "id")),
            AdminField(
                "status", Phrase("Status", "Status"), .choice(["pending", "delivered", "failed", "dead"]),
                help: Phrase("Blank for all.", "Leer für alle.")),
        ]
        $0.explanation = Phrase(
            "Each event is sent under the id that it had: receivers recognize what they know.",
            "Jedes Ereignis wird unter seiner bisherigen Kennung gesendet: Empfänger erkennen, was sie schon haben.")
    }

    private static let test = AdminAction(
        "test", Phrase("Send a test", "Test senden"), .post, path + "{id}/test/"
    ).with {
        $0.weight = .primary
        $0.condition = .holds("is_active")
    }

    private static let rotation = AdminAction(
        "rotate-secret", Phrase("New secret", "Neues Geheimnis"), .post, path + "{id}/rotate-secret/"
    ).with {
        $0.checksVersion = true
        $0.shows = [secret]
        $0.explanation = Phrase(
            "The former secret signs too for 24 hours, so that the receiver can change over.",
            "Das vorige Geheimnis gilt noch 24 Stunden, damit der Empfänger umstellen kann.")
    }

    private static func switching(on isOn: Bool) -> AdminAction {
        let title = isOn ? Phrase("Switch on", "Einschalten") : Phrase("Switch off", "Ausschalten")
        return AdminAction(isOn ? "switch-on" : "switch-off", title, .patch, path + "{id}/").with {
            $0.body = ["is_active": .bool(isOn)]
            $0.condition = isOn ? .not(.holds("is_active")) : .holds("is_active")
            $0.isBulk = true
            $0.undo = isOn ? "switch-off" : "switch-on"
        }
    }
}
