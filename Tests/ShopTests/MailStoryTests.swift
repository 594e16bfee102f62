import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

/// Every mail that a customer or a vendor gets, triggered through the API of a whole shop: who wants them all gets them
/// all, and who has switched off what can be switched off gets the others.
@Suite(.timeLimit(.minutes(10)))
struct MailStoryTests {
    /// How many mails of a type come to somebody on the way of ``MailStory``, whatever they want.
    private static let always: [String: Int] = [
        "welcome": 1, "verify_email": 3, "password_reset": 1, "password_changed": 1, "email_changed": 1,
        "suspicious_activity": 1, "data_export_ready": 1, "account_deactivated": 1,
        "order_confirmation": 3, "payment_received": 1, "order_cancelled": 1, "order_items_cancelled": 1,
        "return_requested": 2, "return_rejected": 1, "return_approved": 1, "return_received": 1,
        "vendor_registered": 1, "vendor_document_rejected": 1, "vendor_document_verified": 1, "vendor_rejected": 1,
        "vendor_approved": 1, "vendor_payout_changed": 1, "vendor_suspended": 1, "vendor_reinstated": 1,
        "product_rejected": 1, "product_approved": 1, "vendor_payout_failed": 1, "vendor_payout_completed": 1,
    ]

    /// How many of a type come only to who wants them.
    private static let optional: [String: Int] = [
        "shipping_update": 1, "order_delivered": 1, "price_drop_alert": 1, "back_in_stock_alert": 1,
    ]

    /// The types that go to staff, or need a second factor or another provider: other tests trigger them.
    private static let elsewhere: Set<String> = [
        "staff_payment_on_hold", "staff_payment_paid_twice", "staff_payment_disputed", "webhook_disabled",
        "two_factor_enabled", "two_factor_disabled", "backup_code_used", "social_account_added",
        "social_account_removed", "staff_invitation",
    ]

    @Test(arguments: Backend.available)
    func `each mail comes to who wants it, and what can be switched off to nobody who has done so`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let story = try await MailStory(stand)
            let types = Set(Self.always.keys).union(Self.optional.keys).union(Self.elsewhere)
            #expect(try await story.types() == types)
            let people = try await story.tell()
            for person in people {
                let logs = try await story.found("email-logs/?email=", person)
                let all = Self.always.merging(Self.optional) { $1 }
                #expect(Self.counts(logs, "sent") == (person.wish == .all ? all : Self.always), "\(person.wish)")
                #expect(
                    Self.counts(logs, "suppressed") == (person.wish == .all ? [:] : Self.optional), "\(person.wish)")
                #expect(logs.count == all.values.reduce(0, +), "\(person.wish): \(logs.count)")
                for log in logs { Self.expectOrder(of: log) }
                let sent = logs.filter { $0["status"]?.text == "sent" }.compactMap { $0["subject"]?.text }
                let arrived = try await story.found("mailbox/?channel=email&to=", person)
                #expect(arrived.compactMap { $0["subject"]?.text }.sorted() == sent.sorted(), "\(person.wish)")
            }
        }
    }

    /// Expects a mail about an order to be known as that, and no other.
    private static func expectOrder(of log: JSONValue) {
        let type = log["template_type"]?.text ?? ""
        let isAboutOne = ["order_", "return_", "payment_received", "shipping_update"].contains { type.hasPrefix($0) }
        let (id, number) = (log["order_id"]?.number, log["order_number"]?.text ?? "")
        #expect((id != nil) == isAboutOne && number.isEmpty != isAboutOne, "\(type): \(number)")
    }

    /// Returns how many mails of each type have this status.
    private static func counts(_ logs: [JSONValue], _ status: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for log in logs where log["status"]?.text == status {
            counts[log["template_type"]?.text ?? "", default: 0] += 1
        }
        return counts
    }
}

/// What happens to three people, who want different mails.
private struct MailStory: Sendable {
    /// What somebody says of mails before anything happens.
    enum Wish: String, CaseIterable, Sendable {
        case all
        /// Every preference is off.
        case noKind
        /// The profile says that mails are not welcome.
        case noMail
    }

    struct Person: Sendable {
        let wish: Wish
        let probe: HTTPProbe
        let home: JSONValue

        var email: String { "\(wish.rawValue.lowercased())@example.com" }
        /// The address at the end.
        var moved: String { "\(wish.rawValue.lowercased())@moved.example.com" }
    }

    private static let newPassword = "another-Pass-9"

    private let stand: ShopHarness
    private let admin: HTTPProbe
    private let desk: PaymentDesk
    private let cup: Int
    private let lamp: Int
    private let vase: Int
    private let category: JSONValue

    init(_ stand: ShopHarness) async throws {
        let admin = try await stand.admin()
        let desk = PaymentDesk(payer: stand.anonymous, admin: admin)
        let stalls = try await desk.sent("POST", "/api/categories/", ["name": "Stalls"], by: admin)
        category = try #require(stalls["id"])
        cup = try await stand.product("Cup", stock: 99, by: admin)
        lamp = try await stand.product("Lamp", price: "20.00", stock: 5, by: admin)
        vase = try await stand.product("Vase", stock: 0, by: admin)
        (self.stand, self.admin, self.desk) = (stand, admin, desk)
    }

    /// Returns the types of mails that the shop has.
    func types() async throws -> Set<String> {
        let list = try await desk.sent("GET", "/api/admin/email-templates/?language=en&page_size=100", by: admin)
        return Set((list["results"]?.elements ?? []).compactMap { $0["template_type"]?.text })
    }

    /// Returns what a list of staff's, whose path ends with the name of a filter, has of a person's two addresses.
    func found(_ list: String, _ person: Person) async throws -> [JSONValue] {
        var found: [JSONValue] = []
        for address in [person.email, person.moved] {
            let page = try await desk.sent("GET", "/api/admin/\(list)\(address)&page_size=100", by: admin)
            found += page["results"]?.elements ?? []
        }
        return found
    }

    /// Has everything happen to everybody, and waits until all mails are sent or held back.
    func tell() async throws -> [Person] {
        var people: [Person] = []
        for wish in Wish.allCases { people.append(try await comeIn(wish)) }
        try await settle()
        try await stand.verifyAll()
        for person in people {
            try await buy(person)
            try await sell(person)
            try await wish(person)
        }
        try await desk.sent("PATCH", "/api/products/\(lamp)/", ["price": "15.50"], by: admin)
        try await desk.sent(
            "POST", "/api/inventory/stock/adjust/", ["product_id": number(vase), "quantity": 5], by: admin)
        for person in people { try await takeCare(person) }
        try await settle()
        for person in people { try await leave(person) }
        try await settle()
        return people
    }

    private func number(_ value: Int) -> JSONValue { .number(String(value)) }

    private func id(_ answer: ProbeResponse) -> String { CommerceFixture.text(answer["id"]) }

    private func settle() async throws {
        let database = stand.shop.installation.database
        try await poll("the mails", atMost: .seconds(60)) {
            try await database.read {
                try $0.value(
                    """
                    SELECT COUNT(*) FROM jobs WHERE state < 2 AND kind IN ('mail.send', 'wishlists.tell',
                    'accounts.requested_mail', 'accounts.gather_user_data')
                    """, as: Int.self)
            } == 0
        }
    }

    /// Registers, says what mails are welcome, and asks for the link to confirm the address once more.
    private func comeIn(_ wish: Wish) async throws -> Person {
        let email = "\(wish.rawValue.lowercased())@example.com"
        let probe = try await stand.customer(email)
        switch wish {
        case .all: break
        case .noKind:
            let path = "/api/notifications/preferences/"
            let flags = try await desk.sent("GET", path, by: probe).json.members.filter { $0.value.truth != nil }
            try #require(flags.count >= 8, "\(flags.keys)")
            try await desk.sent("PUT", path, .object(flags.mapValues { _ in .bool(false) }), by: probe)
        case .noMail:
            let refusal: JSONValue = ["email_notifications": .bool(false)]
            try await desk.sent("PUT", "/api/auth/profile/preferences/", refusal, by: probe)
        }
        try await desk.sent("POST", "/api/auth/resend-verification/", ["email": .string(email)], by: probe)
        return Person(wish: wish, probe: probe, home: try await stand.address(of: probe))
    }

    /// Gets an order of which one part comes back and another may not, cancels one, and gets a part of a third.
    private func buy(_ person: Person) async throws {
        let order = try await order(3, by: person)
        let path = "/api/admin/orders/\(id(order))/"
        try await desk.sent("PUT", path + "status/", ["status": "processing"], by: admin)
        try await desk.sent("POST", path + "payment/", ["amount": try #require(order["total"])], by: admin)
        try await desk.sent("POST", path + "shipments/", ["carrier": "Post", "tracking_number": "T-1"], by: admin)
        try await desk.sent("PUT", path + "status/", ["status": "delivered"], by: admin)
        let first = "/api/admin/returns/\(id(try await sendBack(order, by: person)))/"
        try await desk.sent("POST", first + "reject/", ["note": "It is worn."], by: admin)
        let back = try await sendBack(order, by: person)
        let second = "/api/admin/returns/\(id(back))/"
        try await desk.sent("POST", second + "approve/", by: admin)
        let part = try #require(back["items"]?[0]?["id"])
        try await desk.sent(
            "POST", second + "receive/", ["items": .array([["return_item_id": part, "quantity": 1]])], by: admin)
        let unwanted = try await self.order(1, by: person)
        try await desk.sent("PUT", "/api/orders/\(id(unwanted))/cancel/", by: person.probe)
        let large = try await self.order(2, by: person)
        try await desk.sent("POST", "/api/admin/orders/\(id(large))/cancel-rest/", try one(of: large), by: admin)
    }

    private func order(_ quantity: Int, by person: Person) async throws -> ProbeResponse {
        try await desk.sent(
            "POST", "/api/cart/add/", ["product_id": number(cup), "quantity": number(quantity)], by: person.probe)
        return try await desk.sent(
            "POST", "/api/orders/", ["shipping_address_id": person.home, "payment_method": "cod"], by: person.probe)
    }

    private func sendBack(_ order: ProbeResponse, by person: Person) async throws -> ProbeResponse {
        try await desk.sent("POST", "/api/orders/\(id(order))/returns/", try one(of: order), by: person.probe)
    }

    /// Names one unit of the first line of an order.
    private func one(of order: ProbeResponse) throws -> JSONValue {
        let item = try #require(order["items"]?[0]?["id"])
        return ["items": .array([["order_item_id": item, "quantity": 1]])]
    }

    /// Applies as a vendor, is rejected and then approved, brings a product, is suspended and reinstated, and is paid.
    private func sell(_ person: Person) async throws {
        let made = try await desk.sent(
            "POST", "/api/vendors/register/",
            ["business_name": .string("Stall of " + person.email), "business_type": "company"], by: person.probe)
        let path = "/api/admin/vendors/\(id(made))/"
        let (old, new) = (try await paper(of: person), try await paper(of: person))
        try await desk.sent(
            "PUT", path + "documents/\(old)/reject/", ["rejection_reason": "It has expired."], by: admin)
        try await desk.sent("PUT", path + "documents/\(new)/verify/", by: admin)
        try await desk.sent("PUT", path + "reject/", ["reason": "A paper is missing."], by: admin)
        try await desk.sent("PUT", path + "approve/", by: admin)
        let account: JSONValue = [
            "account_holder": "Vera", "bank_name": "Bank", "iban": "DE89 3704 0044 0532 0130 00",
        ]
        try await desk.sent(
            "PATCH", "/api/vendors/profile/", ["profile": ["bank_account": account]], by: person.probe)
        try await offer(person)
        try await desk.sent("PUT", path + "suspend/", ["reason": "Too many returns."], by: admin)
        try await desk.sent("PUT", path + "reinstate/", by: admin)
        try await payOut(id(made))
    }

    private func paper(of person: Person) async throws -> String {
        let answer = try await PermissionRow(
            "POST /api/vendors/documents/", "",
            .form(part: "document", VendorsTable.pdf, fields: ["document_type": "id_proof"])
        ).send(by: person.probe, [:])
        try #require(answer.status == 201, "\(answer.text)")
        return id(answer)
    }

    private func offer(_ person: Person) async throws {
        let product: JSONValue = [
            "name": .string("Bowl of " + person.wish.rawValue), "sku": .string("BOWL-" + person.wish.rawValue),
            "price": "10.00", "category": category, "stock_quantity": 9,
        ]
        let made = try await desk.sent("POST", "/api/products/", product, by: person.probe)
        let path = "/api/admin/products/\(id(made))/"
        try await desk.sent("PUT", path + "reject/", ["reason": "The picture shows another one."], by: admin)
        try await desk.sent("PUT", path + "approve/", by: admin)
    }

    /// Has a payout fail, and another one arrive.
    private func payOut(_ vendor: String) async throws {
        try await desk.sent(
            "POST", "/api/admin/vendors/\(vendor)/adjustments/", ["amount": "5.00", "reason": "For the fair."],
            by: admin)
        let ends: [(start: String, end: String, body: JSONValue)] = [
            ("2020-01-01", "fail", ["reason": "The account is closed."]),
            ("2021-01-01", "complete", ["transaction_reference": "TX-1"]),
        ]
        for (start, end, body) in ends {
            let run = try await desk.sent(
                "POST", "/api/admin/vendors/payouts/process/",
                [
                    "period_start": .string(start), "period_end": "2099-12-31",
                    "vendors": .array([.number(vendor)]),
                ], by: admin)
            let payout = try #require(run["payouts"]?[0]?["id"]?.number, "\(run.text)")
            try await desk.sent("PUT", "/api/admin/payouts/\(payout)/\(end)/", body, by: admin)
        }
    }

    /// Waits for a lower price of one thing and for another one to come.
    private func wish(_ person: Person) async throws {
        let lower: JSONValue = ["product_id": number(lamp), "notify_on_price_drop": .bool(true)]
        try await desk.sent("POST", "/api/wishlist/add/", lower, by: person.probe)
        let more: JSONValue = ["product_id": number(vase), "notify_on_back_in_stock": .bool(true)]
        try await desk.sent("POST", "/api/wishlist/add/", more, by: person.probe)
    }

    /// Looks after the account: what mails then say is about its safety.
    private func takeCare(_ person: Person) async throws {
        let (probe, path) = (person.probe, "/api/auth/")
        try await desk.sent(
            "POST", path + "security/report-suspicious/", ["description": "Somebody was here."], by: probe)
        try await desk.sent("POST", path + "account/export-data/", by: probe)
        try await desk.sent("POST", path + "forgot-password/", ["email": .string(person.email)], by: probe)
        let passwords: JSONValue = [
            "old_password": .string(ShopHarness.password), "new_password": .string(Self.newPassword),
        ]
        try await desk.sent("POST", path + "change-password/", passwords, by: probe)
    }

    /// Moves to another address and puts the account to rest.
    private func leave(_ person: Person) async throws {
        let password = JSONValue.string(Self.newPassword)
        try await desk.sent(
            "PATCH", "/api/auth/profile/", ["email": .string(person.moved), "password": password], by: person.probe)
        try await desk.sent("POST", "/api/auth/account/deactivate/", ["password": password], by: person.probe)
    }
}
