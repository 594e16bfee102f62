import Messages
import Primitives

/// The mails to those who work for the shop.
enum StaffTemplates {
    static let invitation = MailTemplate(
        "Your staff account at {{shop_name}}",
        """
        Hello {{first_name}},

        there is an account for you to work at {{shop_name}}: {{email}}.
        Choose its password here; the link is good for seven days:

        {{link}}

        If the link does not open, this is the code it holds:

        {{token}}

        Later on you get a new link where you sign in, by “Forgot your password?”.
        """,
        """
        <p>Hello {{first_name}},</p>
        <p>there is an account for you to work at {{shop_name}}: {{email}}.</p>
        <p>Choose its password; the link is good for seven days:</p>
        <p><a href="{{link}}">Choose a password</a></p>
        <p>Later on you get a new link where you sign in, by “Forgot your password?”.</p>
        """
    ).german(
        "Ihr Personalkonto bei {{shop_name}}",
        """
        Guten Tag {{first_name}},

        für Ihre Arbeit bei {{shop_name}} gibt es ein Konto: {{email}}.
        Wählen Sie hier das Passwort; der Link gilt sieben Tage:

        {{link}}

        Falls sich der Link nicht öffnet, ist dies der Code darin:

        {{token}}

        Später erhalten Sie dort, wo Sie sich anmelden, über „Passwort vergessen?“ einen neuen Link.
        """,
        """
        <p>Guten Tag {{first_name}},</p>
        <p>für Ihre Arbeit bei {{shop_name}} gibt es ein Konto: {{email}}.</p>
        <p>Wählen Sie das Passwort; der Link gilt sieben Tage:</p>
        <p><a href="{{link}}">Passwort wählen</a></p>
        <p>Später erhalten Sie dort, wo Sie sich anmelden, über „Passwort vergessen?“ einen neuen Link.</p>
        """
    ).about(.security).sampled(
        AccountsTemplates.person.merging([
            "token": .string("EXAMPLE-TOKEN"),
            "link": .string("https://shop.example/admin/reset/?token=EXAMPLE-TOKEN"),
        ]) { own, _ in own })
}
