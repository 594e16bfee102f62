import Messages

/// The mails about orders in German.
enum GermanOrderTexts {
    static let all: [String: MailText] = [
        "order_confirmation": confirmation, "order_cancelled": cancelled, "order_items_cancelled": itemsCancelled,
        "shipping_update": shipping, "order_delivered": delivered, "payment_received": paid,
    ]

    private static let confirmation = MailText(
        "Ihre Bestellung {{order_number}}",
        """
        Vielen Dank für Ihre Bestellung {{order_number}}.

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}}): {{subtotal}} {{currency}}
        {{/items}}

        Zwischensumme: {{subtotal}} {{currency}}
        {{#discount_amount}}
        Rabatt: -{{discount_amount}} {{currency}}
        {{/discount_amount}}
        Versand: {{shipping_cost}} {{currency}}
        Steuer: {{tax}} {{currency}}
        Gesamt: {{total}} {{currency}}

        Wir liefern an:
        {{shipping_address.full_name}}
        {{shipping_address.address_line1}}
        {{shipping_address.postal_code}} {{shipping_address.city}}
        {{shipping_address.country}}
        """,
        """
        <h1>Vielen Dank für Ihre Bestellung {{order_number}}</h1>
        <table width="100%">
        {{#items}}
        <tr><td>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></td>
        <td align="right">{{subtotal}} {{currency}}</td></tr>
        {{/items}}
        <tr><td>Zwischensumme</td><td align="right">{{subtotal}} {{currency}}</td></tr>
        {{#discount_amount}}
        <tr><td>Rabatt</td><td align="right">-{{discount_amount}} {{currency}}</td></tr>
        {{/discount_amount}}
        <tr><td>Versand</td><td align="right">{{shipping_cost}} {{currency}}</td></tr>
        <tr><td>Steuer</td><td align="right">{{tax}} {{currency}}</td></tr>
        <tr><th align="left">Gesamt</th><th align="right">{{total}} {{currency}}</th></tr>
        </table>
        <p>Wir liefern an: {{shipping_address.full_name}}, {{shipping_address.address_line1}},
        {{shipping_address.postal_code}} {{shipping_address.city}}, {{shipping_address.country}}</p>
        """)

    private static let cancelled = MailText(
        "Ihre Bestellung {{order_number}} ist storniert",
        """
        Ihre Bestellung {{order_number}} ist storniert.{{#reason}} {{reason}}{{/reason}}
        {{#is_paid}}

        Was Sie bezahlt haben, erhalten Sie zurück.
        {{/is_paid}}
        """,
        """
        <p>Ihre Bestellung {{order_number}} ist storniert.{{#reason}} {{reason}}{{/reason}}</p>
        {{#is_paid}}
        <p>Was Sie bezahlt haben, erhalten Sie zurück.</p>
        {{/is_paid}}
        """)

    private static let itemsCancelled = MailText(
        "Ein Teil Ihrer Bestellung {{order_number}} ist storniert",
        """
        Dieser Teil Ihrer Bestellung {{order_number}} wird nicht versandt:

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}})
        {{/items}}
        {{#reason}}

        {{reason}}
        {{/reason}}
        {{#is_paid}}

        Was Sie dafür bezahlt haben, erhalten Sie zurück.
        {{/is_paid}}
        """,
        """
        <p>Dieser Teil Ihrer Bestellung {{order_number}} wird nicht versandt:</p>
        <ul>
        {{#items}}
        <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
        {{/items}}
        </ul>
        {{#reason}}
        <p>{{reason}}</p>
        {{/reason}}
        {{#is_paid}}
        <p>Was Sie dafür bezahlt haben, erhalten Sie zurück.</p>
        {{/is_paid}}
        """)

    private static let shipping = MailText(
        "Ihre Bestellung {{order_number}} ist unterwegs",
        """
        {{#is_complete}}Das letzte Paket Ihrer Bestellung {{order_number}} ist unterwegs.{{/is_complete}}\
        {{^is_complete}}Ein Teil Ihrer Bestellung {{order_number}} ist unterwegs.{{/is_complete}}

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}})
        {{/items}}
        {{#tracking_number}}

        {{#carrier}}{{carrier}}, {{/carrier}}Sendungsnummer {{tracking_number}}
        {{/tracking_number}}
        """,
        """
        <p>{{#is_complete}}Das letzte Paket Ihrer Bestellung {{order_number}} ist unterwegs.{{/is_complete}}\
        {{^is_complete}}Ein Teil Ihrer Bestellung {{order_number}} ist unterwegs.{{/is_complete}}</p>
        <ul>
        {{#items}}
        <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
        {{/items}}
        </ul>
        {{#tracking_number}}
        <p>{{#carrier}}{{carrier}}, {{/carrier}}Sendungsnummer {{tracking_number}}</p>
        {{/tracking_number}}
        """)

    private static let delivered = MailText(
        "Ihre Bestellung {{order_number}} ist angekommen",
        """
        Ihre Bestellung {{order_number}} ist zugestellt:

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}})
        {{/items}}

        Wir hoffen, dass sie Ihnen gefällt. Falls etwas nicht stimmt, antworten Sie auf diese Mail.
        """,
        """
        <p>Ihre Bestellung {{order_number}} ist zugestellt:</p>
        <ul>
        {{#items}}
        <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
        {{/items}}
        </ul>
        <p>Wir hoffen, dass sie Ihnen gefällt. Falls etwas nicht stimmt, antworten Sie auf diese Mail.</p>
        """)

    private static let paid = MailText(
        "Ihre Zahlung für die Bestellung {{order_number}} ist angekommen",
        """
        Vielen Dank: {{total}} {{currency}} für Ihre Bestellung {{order_number}} sind angekommen.

        {{#is_parked}}Die Bestellung war zuvor storniert worden. Wir sehen sie uns jetzt an und liefern sie entweder \
        doch noch oder erstatten Ihr Geld.{{/is_parked}}{{^is_parked}}Wir bereiten Ihre Bestellung vor.{{/is_parked}}
        """,
        """
        <p>Vielen Dank: {{total}} {{currency}} für Ihre Bestellung {{order_number}} sind angekommen.</p>
        <p>{{#is_parked}}Die Bestellung war zuvor storniert worden. Wir sehen sie uns jetzt an und liefern sie entweder
        doch noch oder erstatten Ihr Geld.{{/is_parked}}{{^is_parked}}Wir bereiten Ihre Bestellung vor.{{/is_parked}}</p>
        """)
}
