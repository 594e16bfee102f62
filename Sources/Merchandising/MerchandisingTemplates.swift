import Messages

/// The mails about vendors' products as Kontor comes with them.
enum MerchandisingTemplates {
    static let all: [String: MailTemplate] = ["product_approved": approved, "product_rejected": rejected]

    private static let approved = MailTemplate(
        "{{product_name}} is in the shop",
        """
        We have looked at {{product_name}} of {{business_name}}. It is in the shop now.
        """,
        """
        <h1>{{product_name}} is in the shop</h1>
        <p>We have looked at the product of {{business_name}}.</p>
        """)

    private static let rejected = MailTemplate(
        "We cannot show {{product_name}}",
        """
        We cannot show {{product_name}} of {{business_name}}.{{#reason}} {{reason}}{{/reason}}

        Change it, and we will look at it again.
        """,
        """
        <h1>We cannot show {{product_name}}</h1>
        <p>{{#reason}}{{reason}} {{/reason}}Change the product, and we will look at it again.</p>
        """)
}
