import Messages
import Primitives

/// The mails that tell users of changes to their accounts.
enum SecurityTemplates {
    static let all: [String: MailTemplate] = english.reduce(into: [String: MailTemplate]()) { all, entry in
        let (type, notice) = entry
        let german = GermanSecurityTexts.notices[type] ?? notice
        all[type] = MailTemplate(text(notice)).translated("de", GermanSecurityTexts.text(german)).about(.security)
            .sampled(sample.merging(details[type] ?? [:]) { own, _ in own })
    }.merging(["data_export_ready": dataExportReady]) { own, _ in own }

    /// The subject of a notice, and its sentence.
    struct Notice: Sendable {
        let subject: String
        let sentence: String

        init(_ subject: String, _ sentence: String) {
            (self.subject, self.sentence) = (subject, sentence)
        }
    }

    private static let english: [String: Notice] = [
        "password_changed": Notice("Your password was changed", "the password of your account was changed."),
        "email_changed": Notice(
            "Your e-mail address was changed",
            "your account has another e-mail address now. This one does not open it any more."),
        "two_factor_enabled": Notice("Two-factor login is on", "two-factor login was turned on for your account."),
        "two_factor_disabled": Notice("Two-factor login is off", "two-factor login was turned off for your account."),
        "backup_code_used": Notice(
            "A backup code was used", "a backup code was used to log in to your account. {{remaining}} are left."),
        "social_account_added": Notice(
            "A login was connected", "a login by {{provider}} was connected to your account and opens it from now on."),
        "social_account_removed": Notice(
            "A login was disconnected", "the login by {{provider}} was disconnected from your account."),
        "account_deactivated": Notice(
            "Your account is deactivated", "your account was deactivated. You can wake it up by logging in again."),
        "suspicious_activity": Notice(
            "We have received your report",
            "we have received your report of strange activity. {{ended_sessions}} other sessions were ended, and "
                + "{{parted_logins}} logins by Google, Apple or Facebook disconnected. Please choose a new password, and turn two-factor "
                + "login on if it is not."),
    ]

    private static let sample: [String: JSONValue] = AccountsTemplates.person.merging([
        "happened_at": .string("2026-11-30 12:00 UTC")
    ]) { own, _ in own }

    /// What single notices say beside that.
    private static let details: [String: [String: JSONValue]] = [
        "backup_code_used": ["remaining": .number("7")], "social_account_added": ["provider": .string("google")],
        "social_account_removed": ["provider": .string("google")],
        "suspicious_activity": ["ended_sessions": .number("2"), "parted_logins": .number("1")],
    ]

    private static let dataExportReady = MailTemplate(
        "Your data are ready",
        """
        Hello {{first_name}},

        the archive of your data is ready. The link is good for seven days:

        {{link}}

        If the link does not open, this is the code it holds:

        {{token}}
        """,
        """
        <p>Hello {{first_name}},</p>
        <p>the archive of your data is ready. The link is good for seven days:</p>
        <p><a href="{{link}}">Download my data</a></p>
        """
    ).translated("de", GermanSecurityTexts.dataExportReady).about(.security).sampled(
        AccountsTemplates.person.merging(AccountsTemplates.link("data-export")) { own, _ in own })

    /// Returns a short mail that ends with what to do if it comes as a surprise.
    private static func text(_ notice: Notice) -> MailText {
        let alarm = "If this was not you, choose a new password at once and write to us."
        return MailText(
            notice.subject,
            """
            Hello {{first_name}},

            \(notice.sentence)

            It happened at {{happened_at}}. \(alarm)
            """,
            """
            <p>Hello {{first_name}},</p>
            <p>\(notice.sentence)</p>
            <p>It happened at {{happened_at}}. \(alarm)</p>
            """)
    }
}
