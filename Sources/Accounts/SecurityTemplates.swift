import Messages

/// The mails that tell users of changes to their accounts.
enum SecurityTemplates {
    static let all: [String: MailTemplate] = [
        "password_changed": notice("Your password was changed", "the password of your account was changed."),
        "email_changed": notice(
            "Your e-mail address was changed",
            "your account has another e-mail address now. This one does not open it any more."),
        "two_factor_enabled": notice("Two-factor login is on", "two-factor login was turned on for your account."),
        "two_factor_disabled": notice("Two-factor login is off", "two-factor login was turned off for your account."),
        "backup_code_used": notice(
            "A backup code was used", "a backup code was used to log in to your account. {{remaining}} are left."),
        "social_account_added": notice(
            "A login was connected", "a login by {{provider}} was connected to your account and opens it from now on."),
        "social_account_removed": notice(
            "A login was disconnected", "the login by {{provider}} was disconnected from your account."),
        "account_deactivated": notice(
            "Your account is deactivated", "your account was deactivated. You can wake it up by logging in again."),
        "suspicious_activity": notice(
            "We have received your report",
            "we have received your report of strange activity. {{ended_sessions}} other sessions were ended, and "
                + "{{parted_logins}} logins by Google, Apple or Facebook disconnected. Please choose a new password, and turn two-factor "
                + "login on if it is not."),
        "data_export_ready": MailTemplate(
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
            """),
    ]

    /// Returns a short mail that ends with what to do if it comes as a surprise.
    private static func notice(_ subject: String, _ sentence: String) -> MailTemplate {
        let alarm = "If this was not you, choose a new password at once and write to us."
        return MailTemplate(
            subject,
            """
            Hello {{first_name}},

            \(sentence)

            It happened at {{happened_at}}. \(alarm)
            """,
            """
            <p>Hello {{first_name}},</p>
            <p>\(sentence)</p>
            <p>It happened at {{happened_at}}. \(alarm)</p>
            """)
    }
}
