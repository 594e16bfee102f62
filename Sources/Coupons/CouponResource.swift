import Commerce
import Primitives
import SQL
import Web

/// Coupons as staff edit them.
struct CouponResource: AdminResource {
    let currency: Currency
    let time: TimeSource
    /// What number an order has.
    let orders: NameSubselect

    static var defaultOrdering: Ordering<CouponSortKey> { Ordering(.createdAt, descending: true) }

    static func change(_ fields: Fields) -> Change<Coupon> {
        var change = Change<Coupon>()
        change.set(\.code, to: fields.sent("code") { code($0, $1) })
        change.set(
            \.description,
            to: fields.sent("description") { $0.string($1, .optional(""), length: 0...500) })
        change.set(\.type, to: fields.sent("discount_type") { $0.choice($1) })
        change.set(\.value, to: fields.sent("discount_value") { value($0, $1) })
        change.set(\.minimum, to: fields.ifSent("minimum_order_amount") { $0.optionalMoney($1) })
        change.set(
            \.maximum, to: fields.ifSent("maximum_discount_amount") { $0.optionalMoney($1) })
        change.set(\.usageLimit, to: fields.ifSent("usage_limit") { $0.optionalInteger($1, in: limits) })
        change.set(
            \.usageLimitPerUser,
            to: fields.ifSent("usage_limit_per_user") { $0.optionalInteger($1, in: limits) })
        change.set(\.validFrom, to: fields.ifSent("valid_from") { $0.optionalTimestamp($1) })
        change.set(\.validUntil, to: fields.ifSent("valid_until") { $0.optionalTimestamp($1, .end) })
        readReach(fields, into: &change)
        return change
    }

    /// Reads who may use the coupon and what it applies to.
    private static func readReach(_ fields: Fields, into change: inout Change<Coupon>) {
        change.set(\.isActive, to: fields.ifSent("is_active") { $0.boolean($1, .optional(true)) })
        change.set(\.isPublic, to: fields.ifSent("is_public") { $0.boolean($1, .optional(false)) })
        change.set(\.scope, to: fields.ifSent("applicable_to") { $0.choice($1, .optional(.all)) })
        change.set(
            \.excludesSaleItems,
            to: fields.ifSent("exclude_sale_items") { $0.boolean($1, .optional(false)) })
        change.set(\.categories, to: fields.ifSent("categories") { unique($0.ids($1, limit: 500)) })
        change.set(\.products, to: fields.ifSent("products") { unique($0.ids($1, limit: 1_000)) })
        change.set(\.users, to: fields.ifSent("users") { unique($0.ids($1, limit: 1_000)) })
    }

    private static let limits = 1...1_000_000_000
    /// `Money.maximum` in a currency of cents, in millionths.
    private static let maxValue: Int64 = 9_999_999_999_990_000

    private static func code(_ fields: Fields, _ name: String) -> String {
        let code = CouponCode.normal(fields.string(name, length: 1...50))
        if !CouponCode.isValid(code), !fields.hasFailed(name) {
            fields.fail(name, "Enter a valid code of letters, numbers, underscores or hyphens.")
        }
        return code
    }

    /// Reads a value that a coupon needs unless it only frees shipping.
    private static func value(_ fields: Fields, _ name: String) -> Int64 {
        fields.decimal(name, .optional(0), scale: 6, in: 0...maxValue)
    }

    private static func unique<ID: Hashable & Comparable>(_ ids: [ID]) -> [ID] { Set(ids).sorted() }

    static func filter(_ fields: Fields) -> CouponFilter {
        CouponFilter(
            isActive: fields.optionalBoolean("is_active"), type: fields.optionalChoice("discount_type"),
            search: fields.optionalString("search", length: 0...100))
    }

    func rows(
        _ filter: CouponFilter, by order: Ordering<CouponSortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Coupon] {
        try CouponQueries.list(filter, by: order, page, connection)
    }

    func find(_ id: CouponID, _ connection: Connection) throws -> Coupon? {
        try CouponQueries.find(id, connection)
    }

    func insert(_ coupon: Coupon, in tx: Transaction) throws -> CouponID {
        try unique("code", "coupon") { try coupon.insert(in: currency, at: time.now, tx) }
    }

    func update(_ coupon: Coupon, in tx: Transaction) throws -> Bool {
        let coupon = try coupon.checked(in: currency)
        guard try unique("code", "coupon", { try CouponQueries.update(coupon, at: time.now, tx) }) else {
            return false
        }
        try coupon.link(as: coupon.id, tx)
        return true
    }

    func delete(_ coupon: Coupon, in tx: Transaction) throws {
        try CouponQueries.delete(coupon, at: time.now, tx)
    }

    func body(of coupon: Coupon) -> CouponBody { CouponBody(coupon, currency: currency) }

    /// Returns the coupons of a list in its usual order.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func page(_ filter: CouponFilter, _ page: PageRequest, _ connection: Connection) throws -> PageRows<Coupon> {
        try PageRows(count: CouponQueries.count(filter, connection), page) {
            try CouponQueries.list(filter, by: Self.defaultOrdering, page, connection)
        }
    }

    /// Returns how often a coupon was used, and a page of its uses.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func usage(
        of id: CouponID, _ page: PageRequest, _ connection: Connection
    ) throws -> (Coupon, CouponUsageSummary, PageRows<CouponUsage>) {
        guard let coupon = try CouponQueries.find(id, connection),
            let summary = try CouponUsageQueries.summary(of: id, connection)
        else { throw NotFound() }
        let uses = try PageRows(count: CouponUsageQueries.count(of: id, connection), page) {
            try CouponUsageQueries.list(of: id, numbering: orders, page, connection)
        }
        return (coupon, summary, uses)
    }
}

extension Coupon {
    /// Writes it with the lists of what it applies to, if its fields fit together; returns its key.
    func insert(in currency: Currency, at now: Timestamp, _ tx: Transaction) throws -> CouponID {
        let coupon = try checked(in: currency)
        let id = try CouponQueries.insert(coupon, at: now, tx)
        try coupon.link(as: id, tx)
        return id
    }

    func link(as id: CouponID, _ tx: Transaction) throws {
        try CouponLinkQueries.replace(.categories(categories), of: id, tx)
        try CouponLinkQueries.replace(.products(products), of: id, tx)
        try CouponLinkQueries.replace(.users(users), of: id, tx)
    }

    /// Returns this coupon, if its fields fit together.
    ///
    /// - Throws: `ValidationError` on every field that does not.
    func checked(in currency: Currency) throws -> Coupon {
        var wrong: [String: FieldErrors] = [:]
        if let message = valueProblem(in: currency) { wrong["discount_value"] = .messages([message]) }
        if let validFrom, let validUntil, validUntil <= validFrom {
            wrong["valid_until"] = .messages(["This has to be later than valid_from."])
        }
        if scope == .specificCategories, categories.isEmpty {
            wrong["categories"] = .messages(["Name the categories that the coupon applies to."])
        }
        if scope == .specificProducts, products.isEmpty {
            wrong["products"] = .messages(["Name the products that the coupon applies to."])
        }
        guard wrong.isEmpty else { throw ValidationError(.members(wrong)) }
        return self
    }

    private func valueProblem(in currency: Currency) -> String? {
        switch type {
        case .freeShipping: nil
        case .percentage where !(1...100_000_000).contains(value): "A percentage is more than 0 and at most 100."
        case .percentage: value % 100 == 0 ? nil : "Ensure that there are no more than 4 decimal places."
        case .fixedAmount where value < 1: "Ensure this value is greater than 0."
        case .fixedAmount:
            value % currency.millionthsPerMinorUnit == 0
                ? nil : "Ensure that there are no more than \(currency.decimals) decimal places."
        }
    }
}
