import Messages
import Primitives

/// The mails of accounts as Kontor comes with them.
enum AccountsTemplates {
    static let all: [String: MailTemplate] = [
        "welcome": welcome.about(.service).sampled(person),
        "verify_email": verifyEmail.about(.security).sampled(person.merging(link("verify-email")) { own, _ in own }),
        "password_reset": passwordReset.about(.security).sampled(
            person.merging(link("reset-password")) { own, _ in own }),
        "staff_invitation": StaffTemplates.invitation,
    ].merging(SecurityTemplates.all) { own, _ in own }

    /// Somebody, as an example for staff who change a mail.
    static let person: [String: JSONValue] = [
        "first_name": .string("Ada"), "email": .string("ada@example.com"),
    ]

    /// A link with its token, as an example.
    static func link(_ page: String) -> [String: JSONValue] {
        ["token": .string("EXAMPLE-TOKEN"), "link": .string("https://shop.example/\(page)?token=EXAMPLE-TOKEN")]
    }

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
        """
    ).german(
        "Willkommen bei {{shop_name}}",
        """
        Guten Tag {{first_name}},

        Ihr Konto bei {{shop_name}} ist bereit. Melden Sie sich jederzeit mit {{email}} an:

        {{shop_url}}
        """,
        """
        <p>Guten Tag {{first_name}},</p>
        <p>Ihr Konto bei {{shop_name}} ist bereit. Melden Sie sich jederzeit mit {{email}} an.</p>
        <p><a href="{{shop_url}}">Zum Shop</a></p>
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
        """
    ).german(
        "Bitte bestätigen Sie Ihre E-Mail-Adresse",
        """
        Guten Tag {{first_name}},

        bitte bestätigen Sie, dass diese Adresse Ihnen gehört:

        {{link}}

        Falls sich der Link nicht öffnet, ist dies der Code darin:

        {{token}}

        Haben Sie das nicht angefordert, geschieht nichts.
        """,
        """
        <p>Guten Tag {{first_name}},</p>
        <p>bitte bestätigen Sie, dass diese Adresse Ihnen gehört:</p>
        <p><a href="{{link}}">Meine Adresse bestätigen</a></p>
        <p>Haben Sie das nicht angefordert, geschieht nichts.</p>
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
        """
    ).german(
        "Setzen Sie Ihr Passwort zurück",
        """
        Guten Tag {{first_name}},

        jemand möchte das Passwort Ihres Kontos zurücksetzen. Wenn Sie es waren, wählen Sie hier ein neues:

        {{link}}

        Falls sich der Link nicht öffnet, ist dies der Code darin:

        {{token}}

        Waren Sie es nicht, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.
        """,
        """
        <p>Guten Tag {{first_name}},</p>
        <p>jemand möchte das Passwort Ihres Kontos zurücksetzen. Wenn Sie es waren, wählen Sie ein neues:</p>
        <p><a href="{{link}}">Neues Passwort wählen</a></p>
        <p>Waren Sie es nicht, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.</p>
        """)
}
