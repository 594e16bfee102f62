/// The built-in templates; an active row of the same type in `email_templates` replaces one.
enum ShippedTemplates {
    static let all: [String: MailTemplate] = [
        "welcome": welcome, "verify_email": verifyEmail, "password_reset": passwordReset,
        "order_confirmation": orderConfirmation, "order_cancelled": orderCancelled,
        "order_items_cancelled": orderItemsCancelled,
        "order_shipped": orderShipped, "payment_received": paymentReceived,
    ].merging(SecurityTemplates.all) { own, _ in own }

    private static let welcome = template(
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

    private static let verifyEmail = template(
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

    private static let passwordReset = template(
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

    private static let orderConfirmation = template(
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
        <table>
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
        """)

    private static let orderCancelled = template(
        "Your order {{order_number}} is cancelled",
        """
        Your order {{order_number}} is cancelled.{{#reason}} {{reason}}{{/reason}}
        {{#is_paid}}

        What you have paid will be returned to you.
        {{/is_paid}}
        """,
        """
        <p>Your order {{order_number}} is cancelled.{{#reason}} {{reason}}{{/reason}}</p>
        {{#is_paid}}
        <p>What you have paid will be returned to you.</p>
        {{/is_paid}}
        """)

    private static let orderItemsCancelled = template(
        "A part of your order {{order_number}} is cancelled",
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
        """)

    private static let paymentReceived = template(
        "We have received your payment for order {{order_number}}",
        """
        Thank you: {{total}} {{currency}} for your order {{order_number}} have arrived.

        {{#is_parked}}The order had been cancelled before. We look at it now, and either deliver it after all or return \
        your money.{{/is_parked}}{{^is_parked}}We are preparing your order.{{/is_parked}}
        """,
        """
        <p>Thank you: {{total}} {{currency}} for your order {{order_number}} have arrived.</p>
        <p>{{#is_parked}}The order had been cancelled before. We look at it now, and either deliver it after all or return
        your money.{{/is_parked}}{{^is_parked}}We are preparing your order.{{/is_parked}}</p>
        """)

    private static let orderShipped = template(
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
        """)

    static func template(_ subject: String, _ text: String, _ html: String) -> MailTemplate {
        MailTemplate(
            subject: subject, text: text + "\n\n{{shop_name}}\n",
            html: "<!doctype html><html><body>" + html + "<p>{{shop_name}}</p></body></html>")
    }
}
