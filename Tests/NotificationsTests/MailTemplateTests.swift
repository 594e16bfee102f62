import AppHarness
import Commerce
import Messages
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import Notifications

/// The mails that the shop comes with, each with all that its senders give it, and the shop's own in their place.
@Suite struct MailTemplateTests {
    private static let shipped = ShippedMails.all

    /// The names that each mail's sender gives, those of lists and objects behind a dot, flags behind a question mark.
    private static let given: [String: [String]] = [
        "welcome": ["first_name", "email"],
        "verify_email": ["first_name", "email", "link", "token"],
        "password_reset": ["first_name", "email", "link", "token"],
        "staff_invitation": ["first_name", "email", "link", "token"],
        "data_export_ready": ["first_name", "email", "link", "token"],
        "password_changed": notice, "email_changed": notice, "two_factor_enabled": notice,
        "two_factor_disabled": notice, "account_deactivated": notice,
        "backup_code_used": notice + ["remaining"],
        "social_account_added": notice + ["provider"],
        "social_account_removed": notice + ["provider"],
        "suspicious_activity": notice + ["ended_sessions", "parted_logins"],
        "order_confirmation": [
            "order_number", "subtotal", "discount_amount", "shipping_cost", "tax", "total", "currency",
            "payment_method", "items.product_name", "items.sku", "items.quantity", "items.price", "items.subtotal",
            "shipping_address.full_name", "shipping_address.address_line1", "shipping_address.postal_code",
            "shipping_address.city", "shipping_address.country",
        ],
        "order_cancelled": ["order_number", "reason", "is_paid?"],
        "order_items_cancelled": ["order_number", "reason", "is_paid?"] + parts,
        "shipping_update": ["order_number", "carrier", "tracking_number", "is_complete?"] + parts,
        "order_delivered": ["order_number"] + parts,
        "return_requested": ["order_number", "note"] + parts, "return_approved": ["order_number", "note"] + parts,
        "return_rejected": ["order_number", "note"] + parts, "return_received": ["order_number", "note"] + parts,
        "payment_received": ["order_number", "total", "currency", "is_parked?"],
        "staff_payment_on_hold": trouble, "staff_payment_paid_twice": trouble,
        "staff_payment_disputed": trouble,
        "price_drop_alert": goods + ["old_price", "new_price"], "back_in_stock_alert": goods + ["price"],
        "vendor_registered": vendor, "vendor_approved": vendor, "vendor_reinstated": vendor,
        "vendor_rejected": ["business_name", "reason"], "vendor_suspended": ["business_name", "reason"],
        "vendor_document_verified": ["business_name"] + paper,
        "vendor_document_rejected": ["business_name", "reason"] + paper,
        "vendor_payout_changed": vendor,
        "product_approved": ["business_name", "product_name"],
        "product_rejected": ["business_name", "product_name", "reason"],
        "vendor_payout_completed": payout, "vendor_payout_failed": payout,
        "webhook_disabled": ["url", "reason", "failing_since"],
    ]
    private static let notice = ["first_name", "email", "happened_at"]
    private static let trouble = ["order_number", "gateway", "transaction_id", "amount", "currency", "reason"]
    private static let parts = ["items.product_name", "items.sku", "items.quantity"]
    private static let goods = ["product_name", "sku", "options", "currency", "product_url"]
    private static let vendor = ["business_name"]
    private static let paper = ["document", "id_proof?", "address_proof?", "business_license?"]
    private static let payout = [
        "vendor_name", "amount", "currency", "period_start", "period_end", "reference", "reason",
    ]
    private static let types: [String] = given.keys.sorted()
    private static let languages = ["en", "de"]

    /// A context of these names, each with a value that `value` makes of it; lists have one element, flags are set.
    private static func context(_ names: [String], _ value: (String) -> String) -> [String: JSONValue] {
        var context: [String: JSONValue] = [:]
        var nested: [String: [String: JSONValue]] = [:]
        for name in names {
            let halves = name.split(separator: ".").map(String.init)
            if halves.count == 2 {
                nested[halves[0], default: [:]][halves[1]] = .string(value(name))
            } else if name.hasSuffix("?") {
                context[String(name.dropLast())] = .bool(true)
            } else {
                context[name] = .string(value(name))
            }
        }
        for (name, members) in nested {
            let object = JSONValue.object(members)
            context[name] = name == "items" ? .array([object]) : object
        }
        return context
    }

    /// The variables that a template's text shows, without sections.
    private static func variables(of template: String) -> Set<String> {
        let pieces = template.split(separator: "{{", omittingEmptySubsequences: false).dropFirst()
        let names: [String] = pieces.compactMap { $0.split(separator: "}}").first.map(String.init) }
        return Set(names.filter { !$0.hasPrefix("#") && !$0.hasPrefix("/") && !$0.hasPrefix("^") })
    }

    /// The names of `given` under which a variable may be found: as it is, or in the list.
    private static func sources(of variable: String, in names: [String]) -> [String] {
        names.filter { $0 == variable || $0 == "items." + variable }
    }

    private static func mark(_ name: String) -> String { "[\(name)]" }

    private static func compose(
        _ type: String, _ context: [String: JSONValue], in language: String = "en"
    ) throws -> ComposedMail {
        let template = try #require(shipped[type]?.texts[language])
        let common: [String: JSONValue] = ["shop_name": .string("Shop"), "shop_url": .string("https://shop.example")]
        return try ParsedMail(template).compose(.object(common.merging(context) { $1 }))
    }

    @Test func `every shipped mail stands in this table`() {
        #expect(Set(Self.shipped.keys) == Set(Self.types))
    }

    @Test(arguments: types, languages)
    func `staff could save a shipped mail as it is, and its sample has what its sender gives`(
        _ type: String, _ language: String
    ) throws {
        let catalog = MailCatalog(Self.shipped)
        let text = try #require(catalog.text(type, language))
        let template = EmailTemplate(shipped: text, of: type, in: language)
        try TemplateCheck(template, catalog.sample(of: type)).run()
        let sample = try #require(Self.shipped[type]?.sample)
        let given = Self.context(try #require(Self.given[type]), Self.mark)
        #expect(Set(sample.keys) == Set(given.keys))
    }

    @Test(arguments: types, languages)
    func `a shipped mail asks for nothing that its sender does not give`(_ type: String, _ language: String) throws {
        let template = try #require(Self.shipped[type]?.texts[language])
        let names = try #require(Self.given[type])
        for part in [template.subject, template.text, template.html] {
            for variable in Self.variables(of: part) where variable != "shop_name" && variable != "shop_url" {
                #expect(!Self.sources(of: variable, in: names).isEmpty, "\(variable)")
            }
        }
    }

    @Test(arguments: types, languages)
    func `each variable of a shipped mail is shown wherever the template names it`(_ type: String, _ language: String)
        throws
    {
        let template = try #require(Self.shipped[type]?.texts[language])
        let names = try #require(Self.given[type])
        // Set flags show one side of a mail, unset ones the other.
        let set = try Self.compose(type, Self.context(names, Self.mark), in: language)
        let flags = names.filter { $0.hasSuffix("?") }
        let unset = try Self.compose(type, Self.context(names.filter { !flags.contains($0) }, Self.mark), in: language)
        for mail in [set, unset] {
            for (made, asked) in [
                (mail.subject, template.subject), (mail.text, template.text), (mail.html, template.html),
            ] {
                for variable in Self.variables(of: asked) where variable != "shop_name" && variable != "shop_url" {
                    for source in Self.sources(of: variable, in: names) {
                        #expect(made.contains(Self.mark(source)), "\(source) in \(asked)")
                    }
                }
                #expect(!made.contains("{{") && !made.contains("}}"))
            }
            #expect(!mail.subject.isEmpty && !mail.subject.contains("\n"))
            #expect(mail.text.hasSuffix("\nShop\n") && mail.html.hasPrefix("<!doctype html><html>"))
        }
    }

    @Test(arguments: types, languages)
    func `the plain text says all that the HTML says, and the code beside it`(_ type: String, _ language: String) throws
    {
        let template = try #require(Self.shipped[type]?.texts[language])
        let text = Self.variables(of: template.text)
        let html = Self.variables(of: template.html)
        #expect(html.subtracting(text).isEmpty)
        let code: Set<String> = html.contains("link") ? ["token"] : []
        #expect(text.subtracting(html) == code)
        #expect(Self.variables(of: template.subject).isSubset(of: text))
    }

    @Test(arguments: types, languages)
    func `values are escaped in the HTML alone, and only there`(_ type: String, _ language: String) throws {
        let names = try #require(Self.given[type])
        let hostile = "<b>&\"'"
        let escaped = "&lt;b&gt;&amp;&quot;&#39;"
        let mail = try Self.compose(type, Self.context(names) { Self.mark($0) + hostile }, in: language)
        let asked = try #require(Self.shipped[type]?.texts[language])
        for variable in Self.variables(of: asked.text) {
            for source in Self.sources(of: variable, in: names) {
                #expect(mail.text.contains(Self.mark(source) + hostile), "\(source)")
            }
        }
        for variable in Self.variables(of: asked.html) {
            for source in Self.sources(of: variable, in: names) {
                #expect(mail.html.contains(Self.mark(source) + escaped), "\(source)")
            }
        }
        #expect(!mail.html.contains(hostile) && !mail.text.contains(escaped) && !mail.subject.contains("&lt;"))
    }

    @Test(arguments: types, languages)
    func `a variable that is missing leaves a gap and nothing else`(_ type: String, _ language: String) throws {
        let names = try #require(Self.given[type])
        let whole = Self.context(names, Self.mark)
        let before = try Self.compose(type, whole, in: language)
        for name in whole.keys.sorted() {
            let mail = try Self.compose(type, whole.filter { $0.key != name }, in: language)
            #expect(!mail.text.contains(Self.mark(name)) && !mail.html.contains(Self.mark(name)), "\(name)")
            for other in whole.keys where other != name {
                // Who carries a parcel is said beside its number.
                if name == "tracking_number", other == "carrier" { continue }
                let mark = Self.mark(other)
                #expect(mail.text.contains(mark) == before.text.contains(mark), "\(other) without \(name)")
                #expect(mail.html.contains(mark) == before.html.contains(mark), "\(other) without \(name)")
                #expect(mail.subject.contains(mark) == before.subject.contains(mark), "\(other) without \(name)")
            }
        }
        let bare = try Self.compose(type, [:], in: language)
        #expect(!bare.text.contains("{{") && !bare.html.contains("{{") && !bare.subject.isEmpty)
        #expect(!bare.text.contains("nil") && !bare.html.contains("nil") && !bare.text.contains("Optional"))
    }

    @Test(
        arguments: ["vendor_document_verified", "vendor_document_rejected"],
        [
            ("id_proof", "proof of identity", "Identitätsnachweis"),
            ("address_proof", "proof of address", "Adressnachweis"),
            ("business_license", "business license", "Gewerbenachweis"),
        ])
    func `a vendor's paper has words in each language`(_ type: String, _ paper: (String, String, String)) throws {
        let (code, english, german) = paper
        let context: [String: JSONValue] = [
            "business_name": .string("Tea"), "document": .string(english), code: .string(english),
        ]
        for (language, said, other) in [("en", english, german), ("de", german, english)] {
            let mail = try Self.compose(type, context, in: language)
            for part in [mail.subject, mail.text, mail.html] {
                #expect(part.contains(said) && !part.contains(other), "\(part)")
            }
        }
    }

    private static let sentences: [(String, String, String)] = [
        ("order_cancelled", #"{"order_number": "K-1"}"#, "Your order K-1 is canceled. Shop"),
        (
            "order_cancelled", #"{"order_number": "K-1", "reason": null, "is_paid": false}"#,
            "Your order K-1 is canceled. Shop"
        ),
        (
            "order_cancelled", #"{"order_number": "K-1", "reason": "Sold out.", "is_paid": true}"#,
            "Your order K-1 is canceled. Sold out. What you have paid will be returned to you. Shop"
        ),
        (
            "order_items_cancelled",
            #"{"order_number": "K-2", "items": [{"quantity": 2, "product_name": "Tea", "sku": "T"}], "is_paid": false}"#,
            "This part of your order K-2 will not be sent: 2 x Tea (T) Shop"
        ),
        (
            "order_items_cancelled", #"{"order_number": "K-2", "items": [], "reason": "Lost", "is_paid": true}"#,
            "This part of your order K-2 will not be sent: Lost What you have paid for it will be returned to you. Shop"
        ),
        (
            "shipping_update", #"{"order_number": "K-3", "items": [], "is_complete": true}"#,
            "The last parcel of your order K-3 is on its way. Shop"
        ),
        (
            "shipping_update",
            #"""
            {"order_number": "K-3", "is_complete": false, "tracking_number": "1Z", "carrier": null,
            "items": [{"quantity": 1, "product_name": "A", "sku": "a"}, {"quantity": 3, "product_name": "B", "sku": "b"}]}
            """#,
            "A part of your order K-3 is on its way. 1 x A (a) 3 x B (b) tracking number 1Z Shop"
        ),
        (
            "shipping_update",
            #"{"order_number": "K-3", "is_complete": false, "tracking_number": "1Z", "carrier": "DHL", "items": []}"#,
            "A part of your order K-3 is on its way. DHL, tracking number 1Z Shop"
        ),
        (
            "shipping_update", #"{"order_number": "K-3", "is_complete": false, "carrier": "DHL", "items": []}"#,
            "A part of your order K-3 is on its way. Shop"
        ),
        (
            "payment_received", #"{"order_number": "K-4", "total": "9.00", "currency": "USD", "is_parked": false}"#,
            "Thank you: 9.00 USD for your order K-4 have arrived. We are preparing your order. Shop"
        ),
        (
            "payment_received", #"{"order_number": "K-4", "total": "9.00", "currency": "USD", "is_parked": true}"#,
            """
            Thank you: 9.00 USD for your order K-4 have arrived. The order had been canceled before. We look at it now, \
            and either deliver it after all or return your money. Shop
            """
        ),
        (
            "order_confirmation",
            #"""
            {"order_number": "K-5", "items": [{"quantity": 2, "product_name": "Tea", "sku": "T", "subtotal": "8.00"}],
            "subtotal": "8.00", "discount_amount": null, "shipping_cost": "1.00", "tax": "0.50", "total": "9.50",
            "currency": "EUR", "shipping_address": {"full_name": "Ada", "address_line1": "1 Road", "postal_code": "E1",
            "city": "London", "country": "GB"}}
            """#,
            """
            Thank you for your order K-5. 2 x Tea (T): 8.00 EUR Subtotal: 8.00 EUR Shipping: 1.00 EUR Tax: 0.50 EUR \
            Total: 9.50 EUR We deliver to: Ada 1 Road E1 London GB Shop
            """
        ),
        (
            "order_confirmation",
            #"""
            {"order_number": "K-6", "items": [], "subtotal": "8.00", "discount_amount": "2.00", "shipping_cost": "0.00",
            "tax": "0.00", "total": "6.00", "currency": "EUR"}
            """#,
            """
            Thank you for your order K-6. Subtotal: 8.00 EUR Discount: -2.00 EUR Shipping: 0.00 EUR Tax: 0.00 EUR \
            Total: 6.00 EUR We deliver to: Shop
            """
        ),
    ]

    @Test(arguments: sentences)
    func `a mail about an order says what happened and no more`(
        _ type: String, _ context: String, _ words: String
    ) throws {
        guard case .object(let members) = try JSONValue(parsing: context.utf8) else {
            Issue.record("no context: \(context)")
            return
        }
        let mail = try Self.compose(type, members)
        #expect(mail.text.words.joined(separator: " ") == words)
    }

    @Test(
        arguments: [
            ("39.00", "39,00"), ("0.50", "0,50"), ("999.90", "999,90"), ("1250.40", "1.250,40"),
            ("1234567.00", "1.234.567,00"), ("-1250.40", "-1.250,40"), ("12.345", "12,345"), ("7", "7"),
            ("1500", "1.500"), ("-100", "-100"), ("", ""), ("-", "-"), ("free", "free"), ("1.2.3", "1.2.3"),
            (".5", ".5"), ("5.", "5."), ("1e3", "1e3"), ("+1.50", "+1.50"), ("١.٥", "١.٥"),
            ("1.5\u{301}", "1.5\u{301}"),
        ])
    func `readers of German see a number as they write it`(_ given: String, _ shown: String) throws {
        let form = try #require(NumberForm(of: "de_AT"))
        let samples = JSONValue.object([
            "price": .string("19.50"), "number": .string("K-1"), "count": .string("7"),
            "items": .array([.object(["price": .string("19.50"), "sku": .string("A")])]),
        ])
        let value = JSONValue.object([
            "price": .string(given), "number": .string(given), "count": .string(given), "other": .string(given),
            "items": .array([.object(["price": .string(given), "sku": .string(given)]), .string(given)]),
        ])
        let expected = JSONValue.object([
            "price": .string(shown), "number": .string(given), "count": .string(given), "other": .string(given),
            "items": .array([.object(["price": .string(shown), "sku": .string(given)]), .string(given)]),
        ])
        #expect(form.written(value, like: samples) == expected)
        #expect(NumberForm(of: "en") == nil && NumberForm(of: "de-ch") == nil && NumberForm(of: "") == nil)
    }

    @Test(arguments: types)
    func `the amounts of a shipped mail are in the form of its language`(_ type: String) throws {
        let composer = MailComposer(
            shopName: "Shop", shopURL: "https://shop.example", secrets: MailSecrets(SecretKey("a secret of this test")),
            templates: Self.shipped)
        for (language, others) in [("en", /[0-9],[0-9]{2}\b/), ("de", /[0-9]\.[0-9]{2}\b/)] {
            let text = try #require(composer.catalog.text(type, language))
            let mail = try composer.compose(text, of: type, in: language, with: [:])
            for part in [mail.subject, mail.text, mail.html] {
                #expect(!part.contains(others), "\(language): \(part)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an order's confirmation has its amounts as its reader writes them`(_ backend: Backend) async throws {
        let composer = MailComposer(
            shopName: "Shop", shopURL: "https://shop.example", secrets: MailSecrets(SecretKey("a secret of this test")),
            templates: Self.shipped)
        var context = try #require(Self.shipped["order_confirmation"]?.sample)
        context["total"] = .string("1247.90")
        let job = MailJob(
            template: "order_confirmation", to: "a@example.com", userID: UserID(1), context: .object(context))
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            for (reader, amounts) in [
                ("en", ["39.00 EUR", "1247.90 EUR", "-3.90 EUR"]), ("de", ["39,00 EUR", "1.247,90 EUR", "-3,90 EUR"]),
            ] {
                let mail = try await database.read { try composer.compose(job, language: reader, $0) }
                for amount in amounts { #expect(mail.text.contains(amount), "\(amount) in \(mail.text)") }
            }
        }
    }

    @Test(
        arguments: [
            ("", []), ("no link here", []),
            ("see https://a.example/x?y=1 and\nhttp://b.example\n", ["https://a.example/x?y=1", "http://b.example"]),
            ("(https://a.example)", []), ("HTTPS://a.example ftp://a.example mailto:a@b.c", []),
            ("https://a.example https://a.example", ["https://a.example", "https://a.example"]),
        ] as [(String, [String])])
    func `the links of a mail are the words that begin as one`(_ text: String, _ links: [String]) {
        #expect(ComposedMail(subject: "", text: text, html: "").links == links)
    }

    @Test(arguments: ["{{name", "{{#items}}", "{{/items}}", "{{#a}}{{/b}}", "{{^a}}"])
    func `a template that does not parse is refused by the name of its part`(_ broken: String) throws {
        let cases: [(part: String, template: MailTemplate)] = [
            ("subject", MailTemplate(subject: broken, text: "", html: "")),
            ("text_content", MailTemplate(subject: "", text: broken, html: "")),
            ("html_content", MailTemplate(subject: "", text: "", html: broken)),
        ]
        for (part, template) in cases {
            let error = #expect(throws: NotificationError.self) { _ = try ParsedMail(template) }
            guard case .badTemplate(let named, _)? = error else {
                Issue.record("\(part): \(String(describing: error))")
                continue
            }
            #expect(named == part && error?.code == "bad_template" && error?.kind == .invalid)
        }
    }

    private static let composer = MailComposer(
        shopName: "Tea & Co", shopURL: "https://shop.example", secrets: MailSecrets(SecretKey("a secret of this test")),
        templates: ["note": MailTemplate("Shipped {{name}}", "Shipped {{name}}", "<p>Shipped {{name}}</p>")])

    private static func note(_ context: [String: JSONValue], to recipient: String = "a@example.com") -> MailJob {
        MailJob(template: "note", to: recipient, userID: UserID(1), context: .object(context))
    }

    /// A row of the shop's own templates.
    private struct Own: Sendable {
        let type: String
        let language: String
        let subject: String
        let isActive: Bool

        init(_ type: String, _ language: String, _ subject: String, isActive: Bool = true) {
            (self.type, self.language, self.subject, self.isActive) = (type, language, subject, isActive)
        }
    }

    @Test(arguments: Backend.available)
    func `an active text of the shop's own stands before the shipped one of its language`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let job = Self.note(["name": .string("Ada")])
            let steps: [(Own?, reader: String, String)] = [
                (nil, "en", "Shipped Ada"), (Own("note", "en", "Off {{name}}", isActive: false), "en", "Shipped Ada"),
                (Own("other", "en", "Other {{name}}"), "en", "Shipped Ada"),
                (Own("note", "de", "Hallo {{name}}"), "en", "Shipped Ada"), (nil, "de", "Hallo Ada"),
                (nil, "de-AT", "Hallo Ada"), (nil, "de_CH", "Hallo Ada"), (nil, "fr", "Shipped Ada"),
                (Own("note", "de-at", "Servus {{name}}"), "de-AT", "Servus Ada"), (nil, "de", "Hallo Ada"),
                (nil, "", "Shipped Ada"), (nil, "no tag", "Shipped Ada"),
            ]
            for (own, reader, subject) in steps {
                if let own {
                    _ = try await database.write { tx in
                        try tx.execute(
                            """
                            INSERT INTO email_templates (name, template_type, language, subject, html_content,
                            text_content, is_active, created_at, updated_at)
                            VALUES ('T', \(own.type), \(own.language), \(own.subject), '<p>{{name}}</p>', '{{name}}',
                            \(own.isActive), 0, 0)
                            """)
                    }
                }
                let mail = try await database.read { try Self.composer.compose(job, language: reader, $0) }
                #expect(mail.subject == subject, "\(reader)")
            }
            _ = try await database.write { try $0.execute("UPDATE email_templates SET is_active = 0") }
            let mail = try await database.read { try Self.composer.compose(job, language: "de", $0) }
            #expect(mail.text == "Shipped Ada\n\nTea & Co\n" && mail.html.contains("<p>Tea &amp; Co</p>"))
        }
    }

    @Test(arguments: Backend.available)
    func `a mail of no known type, or sealed for somebody else, is not composed`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let stranger = MailJob(template: "nothing", to: "a@example.com", userID: nil, context: .object([:]))
            await #expect(throws: NotificationError.unknownTemplate("nothing")) {
                try await database.read { _ = try Self.composer.compose(stranger, $0) }
            }
            let secrets: [String: JSONValue] = ["name": .string("secret-token")]
            let sealed = try Self.composer.secrets.seal(secrets, for: "a@example.com")
            #expect(!sealed.contains("secret-token"))
            let members: [String: JSONValue] = [MailSecrets.key: .string(sealed), "name": .string("open")]
            let mail = try await database.read { try Self.composer.compose(Self.note(members), $0) }
            #expect(mail.subject == "Shipped secret-token" && !mail.html.contains(sealed))
            let moved = Self.note(members, to: "eve@example.com")
            await #expect(throws: SealedTextError.self) {
                try await database.read { _ = try Self.composer.compose(moved, $0) }
            }
            let foreign = try MailSecrets(SecretKey("another shop's secret")).seal(secrets, for: "a@example.com")
            let other = Self.note([MailSecrets.key: .string(foreign)])
            await #expect(throws: SealedTextError.self) {
                try await database.read { _ = try Self.composer.compose(other, $0) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `what a sender says of the shop stands before what the shop says of itself`(_ backend: Backend) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let job = Self.note(["name": .string("Ada"), "shop_name": .string("A branch")])
            let mail = try await database.read { try Self.composer.compose(job, $0) }
            #expect(mail.text == "Shipped Ada\n\nA branch\n")
        }
    }
}
