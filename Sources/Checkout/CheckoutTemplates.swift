import Messages

/// The mails about orders as Kontor comes with them, in English; ``GermanOrderTexts`` has them in German.
enum CheckoutTemplates {
    static let all: [String: MailTemplate] = english.reduce(into: [String: MailTemplate]()) { all, entry in
        let template = entry.value.sampled(OrderSamples.all[entry.key] ?? [:])
        all[entry.key] = GermanOrderTexts.all[entry.key].map { template.translated("de", $0) } ?? template
    }.merging(ReturnTemplates.all) { own, _ in own }

    private static let english: [String: MailTemplate] = [
        "order_confirmation": orderConfirmation,
        "order_cancelled": orderCancelled,
        "order_items_cancelled": orderItemsCancelled,
        "shipping_update": shippingUpdate,
        "order_delivered": orderDelivered,
        "payment_received": paymentReceived,
    ]

    private static let orderConfirmation = MailTemplate(
        "Your order {{order_number}}",
        """
        Thank you for your order {{order_number}}.

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}}): {{subtotal}} {{currency}}
        {{/items}}

        Subtotal: {{subtotal}} {{currency}}
        {{#discount_amount}}
        Discount: -{{discount_amount}} {{currency}}
        {{/discount_amount}}
        Shipping: {{shipping_cost}} {{currency}}
        Tax: {{tax}} {{currency}}
        Total: {{total}} {{currency}}

        We deliver to:
        {{shipping_address.full_name}}
        {{shipping_address.address_line1}}
        {{shipping_address.postal_code}} {{shipping_address.city}}
        {{shipping_address.country}}
        """,
        """
        <h1>Thank you for your order {{order_number}}</h1>
        <table width="100%">
        {{#items}}
        <tr><td>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></td>
        <td align="right">{{subtotal}} {{currency}}</td></tr>
        {{/items}}
        <tr><td>Subtotal</td><td align="right">{{subtotal}} {{currency}}</td></tr>
        {{#discount_amount}}
        <tr><td>Discount</td><td align="right">-{{discount_amount}} {{currency}}</td></tr>
        {{/discount_amount}}
        <tr><td>Shipping</td><td align="right">{{shipping_cost}} {{currency}}</td></tr>
        <tr><td>Tax</td><td align="right">{{tax}} {{currency}}</td></tr>
        <tr><th align="left">Total</th><th align="right">{{total}} {{currency}}</th></tr>
        </table>
        <p>We deliver to: {{shipping_address.full_name}}, {{shipping_address.address_line1}},
        {{shipping_address.postal_code}} {{shipping_address.city}}, {{shipping_address.country}}</p>
        """
    ).about(.order)

    private static let orderCancelled = MailTemplate(
        "Your order {{order_number}} is canceled",
        """
        Your order {{order_number}} is canceled.{{#reason}} {{reason}}{{/reason}}
        {{#is_paid}}

        What you have paid will be returned to you.
        {{/is_paid}}
        """,
        """
        <p>Your order {{order_number}} is canceled.{{#reason}} {{reason}}{{/reason}}</p>
        {{#is_paid}}
        <p>What you have paid will be returned to you.</p>
        {{/is_paid}}
        """
    ).about(.order)

    private static let orderItemsCancelled = MailTemplate(
        "A part of your order {{order_number}} is canceled",
        """
        This part of your order {{order_number}} will not be sent:

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}})
        {{/items}}
        {{#reason}}

        {{reason}}
        {{/reason}}
        {{#is_paid}}

        What you have paid for it will be returned to you.
        {{/is_paid}}
        """,
        """
        <p>This part of your order {{order_number}} will not be sent:</p>
        <ul>
        {{#items}}
        <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
        {{/items}}
        </ul>
        {{#reason}}
        <p>{{reason}}</p>
        {{/reason}}
        {{#is_paid}}
        <p>What you have paid for it will be returned to you.</p>
        {{/is_paid}}
        """
    ).about(.order)

    private static let shippingUpdate = MailTemplate(
        "Your order {{order_number}} is on its way",
        """
        {{#is_complete}}The last parcel of your order {{order_number}} is on its way.{{/is_complete}}\
        {{^is_complete}}A part of your order {{order_number}} is on its way.{{/is_complete}}

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}})
        {{/items}}
        {{#tracking_number}}

        {{#carrier}}{{carrier}}, {{/carrier}}tracking number {{tracking_number}}
        {{/tracking_number}}
        """,
        """
        <p>{{#is_complete}}The last parcel of your order {{order_number}} is on its way.{{/is_complete}}\
        {{^is_complete}}A part of your order {{order_number}} is on its way.{{/is_complete}}</p>
        <ul>
        {{#items}}
        <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
        {{/items}}
        </ul>
        {{#tracking_number}}
        <p>{{#carrier}}{{carrier}}, {{/carrier}}tracking number {{tracking_number}}</p>
        {{/tracking_number}}
        """
    ).about(.shippingUpdates)

    private static let orderDelivered = MailTemplate(
        "Your order {{order_number}} has arrived",
        """
        Your order {{order_number}} has been delivered:

        {{#items}}
        {{quantity}} x {{product_name}} ({{sku}})
        {{/items}}

        We hope that you like it. If something is wrong, answer this mail.
        """,
        """
        <p>Your order {{order_number}} has been delivered:</p>
        <ul>
        {{#items}}
        <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
        {{/items}}
        </ul>
        <p>We hope that you like it. If something is wrong, answer this mail.</p>
        """
    ).about(.shippingUpdates)

    private static let paymentReceived = MailTemplate(
        "We have received your payment for order {{order_number}}",
        """
        Thank you: {{total}} {{currency}} for your order {{order_number}} have arrived.

        {{#is_parked}}The order had been canceled before. We look at it now, and either deliver it after all or return \
        your money.{{/is_parked}}{{^is_parked}}We are preparing your order.{{/is_parked}}
        """,
        """
        <p>Thank you: {{total}} {{currency}} for your order {{order_number}} have arrived.</p>
        <p>{{#is_parked}}The order had been canceled before. We look at it now, and either deliver it after all or return
        your money.{{/is_parked}}{{^is_parked}}We are preparing your order.{{/is_parked}}</p>
        """
    ).about(.order)
}
