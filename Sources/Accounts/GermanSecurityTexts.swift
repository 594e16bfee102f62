import Messages

/// The mails about changes to accounts in German.
enum GermanSecurityTexts {
    static let notices: [String: SecurityTemplates.Notice] = [
        "password_changed": .init("Ihr Passwort wurde geändert", "das Passwort Ihres Kontos wurde geändert."),
        "email_changed": .init(
            "Ihre E-Mail-Adresse wurde geändert",
            "Ihr Konto hat jetzt eine andere E-Mail-Adresse. Diese öffnet es nicht mehr."),
        "two_factor_enabled": .init(
            "Die Anmeldung mit zwei Faktoren ist an",
            "für Ihr Konto wurde die Anmeldung mit zwei Faktoren eingeschaltet."),
        "two_factor_disabled": .init(
            "Die Anmeldung mit zwei Faktoren ist aus",
            "für Ihr Konto wurde die Anmeldung mit zwei Faktoren ausgeschaltet."),
        "backup_code_used": .init(
            "Ein Ersatzcode wurde benutzt",
            "mit einem Ersatzcode wurde Ihr Konto geöffnet. Es bleiben {{remaining}} Codes."),
        "social_account_added": .init(
            "Eine Anmeldung wurde verbunden",
            "eine Anmeldung über {{provider}} wurde mit Ihrem Konto verbunden und öffnet es von nun an."),
        "social_account_removed": .init(
            "Eine Anmeldung wurde getrennt", "die Anmeldung über {{provider}} wurde von Ihrem Konto getrennt."),
        "account_deactivated": .init(
            "Ihr Konto ist stillgelegt", "Ihr Konto wurde stillgelegt. Melden Sie sich an, um es wieder zu öffnen."),
        "suspicious_activity": .init(
            "Wir haben Ihre Meldung erhalten",
            "wir haben Ihre Meldung über verdächtige Vorgänge erhalten. {{ended_sessions}} andere Sitzungen wurden beendet "
                + "und {{parted_logins}} Anmeldungen über Google, Apple oder Facebook getrennt. Bitte wählen Sie ein neues "
                + "Passwort und schalten Sie die Anmeldung mit zwei Faktoren ein, falls sie es nicht ist."),
    ]

    static let dataExportReady = MailText(
        "Ihre Daten sind bereit",
        """
        Guten Tag {{first_name}},

        das Archiv Ihrer Daten ist bereit. Der Link gilt sieben Tage:

        {{link}}

        Falls sich der Link nicht öffnet, ist dies der Code darin:

        {{token}}
        """,
        """
        <p>Guten Tag {{first_name}},</p>
        <p>das Archiv Ihrer Daten ist bereit. Der Link gilt sieben Tage:</p>
        <p><a href="{{link}}">Meine Daten herunterladen</a></p>
        """)

    /// Returns a short mail that ends with what to do if it comes as a surprise.
    static func text(_ notice: SecurityTemplates.Notice) -> MailText {
        let alarm = "Waren Sie das nicht, wählen Sie sofort ein neues Passwort und schreiben Sie uns."
        return MailText(
            notice.subject,
            """
            Guten Tag {{first_name}},

            \(notice.sentence)

            Es geschah um {{happened_at}}. \(alarm)
            """,
            """
            <p>Guten Tag {{first_name}},</p>
            <p>\(notice.sentence)</p>
            <p>Es geschah um {{happened_at}}. \(alarm)</p>
            """)
    }
}
