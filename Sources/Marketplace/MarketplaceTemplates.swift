import Messages

/// The mails about payouts to vendors as Kontor comes with them.
enum MarketplaceTemplates {
    static let all: [String: MailTemplate] = [
        "vendor_payout_completed": MailTemplate(
            "Your payout of {{amount}} {{currency}}",
            """
            Hello {{vendor_name}},

            we have paid you {{amount}} {{currency}} for {{period_start}} to {{period_end}}.
            The reference is {{reference}}.
            """,
            """
            <p>Hello {{vendor_name}},</p><p>we have paid you {{amount}} {{currency}} for {{period_start}} to \
            {{period_end}}.</p><p>The reference is {{reference}}.</p>
            """),
        "vendor_payout_failed": MailTemplate(
            "Your payout of {{amount}} {{currency}} did not arrive",
            """
            Hello {{vendor_name}},

            the payout of {{amount}} {{currency}} for {{period_start}} to {{period_end}} has failed: {{reason}}
            The amount is available again and will be paid with the next run. Please check your bank details.
            """,
            """
            <p>Hello {{vendor_name}},</p><p>the payout of {{amount}} {{currency}} for {{period_start}} to \
            {{period_end}} has failed: {{reason}}</p><p>The amount is available again and will be paid with the next \
            run. Please check your bank details.</p>
            """),
    ]
}
