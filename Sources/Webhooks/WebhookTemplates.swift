import Messages
import Primitives

/// The mails about webhooks to staff as Kontor comes with them.
enum WebhookTemplates {
    static let disabled = "webhook_disabled"

    static let all: [String: MailTemplate] = [
        disabled: MailTemplate(
            "A webhook was switched off",
            """
            The webhook {{url}} was switched off. {{reason}}\
            {{#failing_since}} It has failed since {{failing_since}}.{{/failing_since}}

            What could not be delivered is kept: switch it on again, and it is sent; later, replay it.
            """,
            "<p>The webhook {{url}} was switched off. {{reason}}"
                + "{{#failing_since}} It has failed since {{failing_since}}.{{/failing_since}}</p>"
                + "<p>What could not be delivered is kept: switch it on again, and it is sent; later, replay it.</p>"
        ).german(
            "Ein Webhook wurde abgeschaltet",
            """
            Der Webhook {{url}} wurde abgeschaltet. {{reason}}\
            {{#failing_since}} Seit {{failing_since}} kam nichts mehr an.{{/failing_since}}

            Was nicht zugestellt werden konnte, ist aufbewahrt: Schalten Sie ihn wieder ein, und es wird gesendet; später \
            senden Sie es erneut.
            """,
            "<p>Der Webhook {{url}} wurde abgeschaltet. {{reason}}"
                + "{{#failing_since}} Seit {{failing_since}} kam nichts mehr an.{{/failing_since}}</p>"
                + "<p>Was nicht zugestellt werden konnte, ist aufbewahrt: Schalten Sie ihn wieder ein, und es wird "
                + "gesendet; später senden Sie es erneut.</p>"
        ).about(.staff).sampled([
            "url": .string("https://erp.example/hooks"), "reason": .string("Nothing has been delivered for 5 days."),
            "failing_since": .string("2026-11-25 12:00 UTC"),
        ])
    ]
}
