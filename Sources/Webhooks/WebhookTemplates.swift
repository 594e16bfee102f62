import Messages

/// The mails about webhooks to staff as Kontor comes with them.
enum WebhookTemplates {
    static let disabled = "webhook_disabled"

    static let all: [String: MailTemplate] = [
        disabled: MailTemplate(
            "A webhook was switched off",
            """
            The webhook {{url}} was switched off. {{reason}}{{#failing_since}} It has failed since {{failing_since}}.{{/failing_since}}

            What could not be delivered is kept: switch it on again, and it is sent; later, replay it.
            """,
            "<p>The webhook {{url}} was switched off. {{reason}}"
                + "{{#failing_since}} It has failed since {{failing_since}}.{{/failing_since}}</p>"
                + "<p>What could not be delivered is kept: switch it on again, and it is sent; later, replay it.</p>")
    ]
}
