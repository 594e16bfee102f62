import Messages

/// The mails of accounts as Kontor comes with them.
enum AccountsTemplates {
    static let all: [String: MailTemplate] = [
        "welcome": welcome,
        "verify_email": verifyEmail,
        "password_reset": passwordReset,
    ].merging(SecurityTemplates.all) { own, _ in own }

    private static let welcome = MailTemplate(
        "Welcome to {{shop_name}}",
        """
        Hello {{first_name}},

        your account at {{shop_name}} is ready. Sign in with {{email}} whenever you like:

        {{shop_url}}
        """,
        """
        <p>Hello {{first_name}},</p>
        <p>your account at {{shop_name}} is ready. Sign in with {{email}} whenever you like.</p>
        <p><a href="{{shop_url}}">Visit the shop</a></p>
        """)

    private static let verifyEmail = MailTemplate(
        "Please confirm your e-mail address",
        """
        Hello {{first_name}},

        please confirm that this address is yours:

        {{link}}

        If the link does not open, this is the code it holds:

        {{token}}

        Nothing happens if you did not ask for this.
        """,
        """
        <p>Hello {{first_name}},</p>
        <p>please confirm that this address is yours:</p>
        <p><a href="{{link}}">Confirm my address</a></p>
        <p>Nothing happens if you did not ask for this.</p>
        """)

    private static let passwordReset = MailTemplate(
        "Reset your password",
        """
        Hello {{first_name}},

        somebody asked to reset the password of your account. If it was you, choose a new one here:

        {{link}}

        If the link does not open, this is the code it holds:

        {{token}}

        If it was not you, leave this mail alone: your password stays as it is.
        """,
        """
        <p>Hello {{first_name}},</p>
        <p>somebody asked to reset the password of your account. If it was you, choose a new one:</p>
        <p><a href="{{link}}">Choose a new password</a></p>
        <p>If it was not you, leave this mail alone: your password stays as it is.</p>
        """)
}
