import Messages
import Primitives

/// The mails about payouts to vendors as Kontor comes with them.
enum MarketplaceTemplates {
    static let all: [String: MailTemplate] = [
        "vendor_payout_completed": completed.about(.service).sampled(sample),
        "vendor_payout_failed": failed.about(.service).sampled(sample),
    ]

    /// A payout, as an example for staff who change a mail.
    private static let sample: [String: JSONValue] = [
        "vendor_name": .string("Teehaus Müller"), "amount": .string("1250.40"), "currency": .string("EUR"),
        "period_start": .string("2026-11-01"), "period_end": .string("2026-11-15"),
        "reference": .string("SEPA-2026-0117"), "reason": .string("The account does not exist."),
    ]

    private static let completed = MailTemplate(
        "Your payout of {{amount}} {{currency}}",
        """
        Hello {{vendor_name}},

        we have paid you {{amount}} {{currency}} for {{period_start}} to {{period_end}}.
        The reference is {{reference}}.
        """,
        """
        <p>Hello {{vendor_name}},</p><p>we have paid you {{amount}} {{currency}} for {{period_start}} to \
        {{period_end}}.</p><p>The reference is {{reference}}.</p>
        """
    ).german(
        "Ihre Auszahlung von {{amount}} {{currency}}",
        """
        Guten Tag {{vendor_name}},

        wir haben Ihnen {{amount}} {{currency}} für den Zeitraum vom {{period_start}} bis zum {{period_end}} ausgezahlt.
        Der Verwendungszweck lautet {{reference}}.
        """,
        """
        <p>Guten Tag {{vendor_name}},</p><p>wir haben Ihnen {{amount}} {{currency}} für den Zeitraum vom \
        {{period_start}} bis zum {{period_end}} ausgezahlt.</p><p>Der Verwendungszweck lautet {{reference}}.</p>
        """)

    private static let failed = MailTemplate(
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
        """
    ).german(
        "Ihre Auszahlung von {{amount}} {{currency}} ist nicht angekommen",
        """
        Guten Tag {{vendor_name}},

        die Auszahlung von {{amount}} {{currency}} für den Zeitraum vom {{period_start}} bis zum {{period_end}} ist \
        fehlgeschlagen: {{reason}}
        Der Betrag steht Ihnen wieder zu und wird mit dem nächsten Lauf ausgezahlt. Bitte prüfen Sie Ihre Bankverbindung.
        """,
        """
        <p>Guten Tag {{vendor_name}},</p><p>die Auszahlung von {{amount}} {{currency}} für den Zeitraum vom \
        {{period_start}} bis zum {{period_end}} ist fehlgeschlagen: {{reason}}</p><p>Der Betrag steht Ihnen wieder zu \
        und wird mit dem nächsten Lauf ausgezahlt. Bitte prüfen Sie Ihre Bankverbindung.</p>
        """)
}
