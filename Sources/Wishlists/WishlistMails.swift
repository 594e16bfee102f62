import Commerce
import Messages
import Primitives

/// The mails to wishers.
struct WishlistMails: Sendable {
    let currency: Currency
    /// The base URL of the shop's pages, without a final slash.
    let frontendURL: String

    /// Tells that something costs less than before.
    func priceDrop(of offer: Offer, from former: Money, to price: Money, _ address: String, _ user: UserID) -> MailJob {
        let prices: [String: JSONValue] = [
            "old_price": .string(currency.text(former)), "new_price": .string(currency.text(price)),
        ]
        return MailJob(
            template: "price_drop_alert", to: address, userID: user,
            context: .object(self.offer(offer).merging(prices) { _, new in new }))
    }

    /// Tells that something can be bought again.
    func backInStock(_ offer: Offer, at price: Money, _ address: String, _ user: UserID) -> MailJob {
        MailJob(
            template: "back_in_stock_alert", to: address, userID: user,
            context: .object(self.offer(offer).merging(["price": .string(currency.text(price))]) { _, new in new }))
    }

    private func offer(_ offer: Offer) -> [String: JSONValue] {
        let options = offer.options.map { "\($0.type): \($0.value)" }.joined(separator: ", ")
        return [
            "product_name": .string(offer.name), "sku": .string(offer.sku),
            "options": options.isEmpty ? .null : .string(options), "currency": .string(currency.code),
            "product_url": .string(frontendURL + "/products/" + offer.slug),
        ]
    }

    /// The templates as Kontor comes with them.
    static let templates: [String: MailTemplate] = [
        "price_drop_alert": priceDropAlert.about(.priceDrops).sampled(
            sample.merging(["old_price": .string("19.50"), "new_price": .string("14.90")]) { own, _ in own }),
        "back_in_stock_alert": backInStockAlert.about(.backInStock).sampled(
            sample.merging(["price": .string("14.90")]) { own, _ in own }),
    ]

    /// Something on a list, as an example for staff who change a mail.
    private static let sample: [String: JSONValue] = [
        "product_name": .string("Earl Grey"), "sku": .string("TEA-EG-250"), "options": .string("size: 250 g"),
        "currency": .string("EUR"), "product_url": .string("https://shop.example/products/earl-grey"),
    ]

    private static let priceDropAlert = MailTemplate(
        "{{product_name}} now costs {{new_price}} {{currency}}",
        """
        Something on your wishlist has become cheaper:

        {{product_name}}{{#options}} ({{options}}){{/options}}
        {{new_price}} {{currency}} instead of {{old_price}} {{currency}}

        {{product_url}}
        """,
        """
        <p>Something on your wishlist has become cheaper:</p>
        <p><a href="{{product_url}}">{{product_name}}</a>{{#options}} ({{options}}){{/options}}<br>
        <b>{{new_price}} {{currency}}</b> instead of <s>{{old_price}} {{currency}}</s></p>
        """
    ).german(
        "{{product_name}} kostet jetzt {{new_price}} {{currency}}",
        """
        Etwas von Ihrer Wunschliste ist günstiger geworden:

        {{product_name}}{{#options}} ({{options}}){{/options}}
        {{new_price}} {{currency}} statt {{old_price}} {{currency}}

        {{product_url}}
        """,
        """
        <p>Etwas von Ihrer Wunschliste ist günstiger geworden:</p>
        <p><a href="{{product_url}}">{{product_name}}</a>{{#options}} ({{options}}){{/options}}<br>
        <b>{{new_price}} {{currency}}</b> statt <s>{{old_price}} {{currency}}</s></p>
        """)

    private static let backInStockAlert = MailTemplate(
        "{{product_name}} is back in stock",
        """
        Something on your wishlist can be bought again:

        {{product_name}}{{#options}} ({{options}}){{/options}}
        {{price}} {{currency}}

        {{product_url}}
        """,
        """
        <p>Something on your wishlist can be bought again:</p>
        <p><a href="{{product_url}}">{{product_name}}</a>{{#options}} ({{options}}){{/options}}<br>
        {{price}} {{currency}}</p>
        """
    ).german(
        "{{product_name}} ist wieder da",
        """
        Etwas von Ihrer Wunschliste ist wieder zu haben:

        {{product_name}}{{#options}} ({{options}}){{/options}}
        {{price}} {{currency}}

        {{product_url}}
        """,
        """
        <p>Etwas von Ihrer Wunschliste ist wieder zu haben:</p>
        <p><a href="{{product_url}}">{{product_name}}</a>{{#options}} ({{options}}){{/options}}<br>
        {{price}} {{currency}}</p>
        """)
}
