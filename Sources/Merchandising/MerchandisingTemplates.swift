import Messages
import Primitives

/// The mails about vendors' products as Kontor comes with them.
enum MerchandisingTemplates {
    static let all: [String: MailTemplate] = [
        "product_approved": approved.sampled(sample),
        "product_rejected": rejected.sampled(
            sample.merging(["reason": .string("The picture shows another product.")]) { own, _ in own }),
    ]

    /// A product, as an example for staff who change a mail.
    private static let sample: [String: JSONValue] = [
        "product_name": .string("Earl Grey, 250 g"), "business_name": .string("Teehaus Müller"),
    ]

    private static let approved = MailTemplate(
        "{{product_name}} is in the shop",
        """
        We have looked at {{product_name}} of {{business_name}}. It is in the shop now.
        """,
        """
        <h1>{{product_name}} is in the shop</h1>
        <p>We have looked at the product of {{business_name}}.</p>
        """
    ).german(
        "{{product_name}} ist im Shop",
        """
        Wir haben uns {{product_name}} von {{business_name}} angesehen. Es ist jetzt im Shop.
        """,
        """
        <h1>{{product_name}} ist im Shop</h1>
        <p>Wir haben uns das Produkt von {{business_name}} angesehen.</p>
        """)

    private static let rejected = MailTemplate(
        "We cannot show {{product_name}}",
        """
        We cannot show {{product_name}} of {{business_name}}.{{#reason}} {{reason}}{{/reason}}

        Change it, and we will look at it again.
        """,
        """
        <h1>We cannot show {{product_name}}</h1>
        <p>We cannot show {{product_name}} of {{business_name}}.{{#reason}} {{reason}}{{/reason}}</p>
        <p>Change it, and we will look at it again.</p>
        """
    ).german(
        "Wir können {{product_name}} nicht zeigen",
        """
        Wir können {{product_name}} von {{business_name}} nicht zeigen.{{#reason}} {{reason}}{{/reason}}

        Ändern Sie es, und wir sehen es uns wieder an.
        """,
        """
        <h1>Wir können {{product_name}} nicht zeigen</h1>
        <p>Wir können {{product_name}} von {{business_name}} nicht zeigen.{{#reason}} {{reason}}{{/reason}}</p>
        <p>Ändern Sie es, und wir sehen es uns wieder an.</p>
        """)
}
