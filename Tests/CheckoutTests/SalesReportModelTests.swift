import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Storefront

/// Sales reports over random orders, against sums over a list of them.
@Suite struct SalesReportModelTests {
    /// A line of an order.
    private struct Line: Sendable {
        let product: Int64
        let vendor: Int64?
        let units: Int64
        let gross: Int64
        let discount: Int64
        let tax: Int64
    }

    /// An order as the tables hold it, in minor units.
    private struct Sale: Sendable {
        let id: Int64
        let moment: Timestamp
        let isCancelled: Bool
        let shipping: Int64
        let coupon: String
        let lines: [Line]

        var gross: Int64 { lines.map(\.gross).reduce(0, +) }
        var discount: Int64 { lines.map(\.discount).reduce(0, +) }
        var tax: Int64 { lines.map(\.tax).reduce(0, +) }
        var units: Int64 { lines.map(\.units).reduce(0, +) }
        var total: Int64 { gross - discount + tax + shipping }
    }

    /// A cart that was begun, and money that went back.
    private struct Rest: Sendable {
        var carts: [(moment: Timestamp, isOrdered: Bool)] = []
        var refunds: [(moment: Timestamp, sale: Int64, amount: Int64, isReceived: Bool)] = []
    }

    /// What the report has to say of some orders or lines.
    private struct Sums: Sendable {
        var orders: Int64 = 0
        var units: Int64 = 0
        var gross: Int64 = 0
        var discount: Int64 = 0
        var tax: Int64 = 0
        var shipping: Int64 = 0
        var total: Int64 = 0

        mutating func add(_ sale: Sale) {
            orders += 1
            units += sale.units
            gross += sale.gross
            discount += sale.discount
            tax += sale.tax
            shipping += sale.shipping
            total += sale.total
        }

        mutating func add(_ line: Line) {
            units += line.units
            gross += line.gross
            discount += line.discount
            tax += line.tax
            total += line.gross - line.discount
        }

        func json(ofOrders: Bool) -> JSONValue {
            let text = { (cents: Int64) in JSONValue.string(Currency.usd.text(Money(minorUnits: cents))) }
            return .object([
                "orders": ofOrders ? .number(String(orders)) : .null, "units": .number(String(units)),
                "gross": text(gross), "discount": text(discount), "tax": text(tax),
                "shipping": ofOrders ? text(shipping) : .null, "total": text(total),
            ])
        }
    }

    /// A shop's reports alone, in a time zone.
    private struct Stand: Sendable {
        let database: any Database
        let zone: TimeZoneRules
        let caller: EndpointCaller

        init(_ database: any Database, zone name: String) throws {
            self.database = database
            zone = try Self.rules(name)
            let clock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000))
            let routes = ReportRoutes(database: database, currency: .usd, zone: zone, time: clock.source)
            caller = try EndpointCaller([routes.group], on: database, time: clock.source)
        }

        /// UTC needs no file.
        static func rules(_ name: String) throws -> TimeZoneRules {
            if name == "UTC" { return .utc }
            return try TimeZoneRules(named: name)
        }

        func sales(_ query: String, as identity: Identity? = CheckoutHarness.admin) async throws -> EndpointAnswer {
            try await caller.call(
                .get, "/api/admin/reports/sales/?" + query, headers: [:], body: [], by: .known(identity))
        }
    }

    private static func with(
        _ backend: Backend, zone: String, _ body: @Sendable (Stand) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { try await body(try Stand($0, zone: zone)) }
    }

    // MARK: Rows

    /// The category of each product; vendors are drawn for each line, as they were when it was sold.
    private static let categories: [Int64: Int64] = [1: 11, 2: 11, 3: 12, 4: 13]
    private static let names = ["Tea", "=cmd|'/c'!A1", "Zażółć, \"quoted\"", "Two\nlines"]

    private static func fillCatalog(_ database: any Database) async throws {
        try await database.write { tx in
            for id in Int64(11)...13 {
                try tx.execute(
                    """
                    INSERT INTO categories (id, name, slug, description, path, is_active, is_visible, created_at,
                    updated_at) VALUES (\(id), \("Category \(id)"), \("c\(id)"), '', \("/\(id)/"), 1, 1, 0, 0)
                    """)
            }
            for id in Int64(21)...22 {
                try tx.execute(
                    """
                    INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                    VALUES (\(id), \("Vendor, \(id)"), \("v\(id)"), 'approved', 0, 0)
                    """)
            }
            for (index, name) in names.enumerated() {
                let id = Int64(index + 1)
                try tx.execute(
                    """
                    INSERT INTO products (id, name, name_key, slug, sku, short_description, description, price,
                    price_low, price_high, tax_class, category_id, is_active, is_featured, approval_status, is_listed,
                    has_variants, created_at, updated_at)
                    VALUES (\(id), \(name), \("\(id)"), \("p\(id)"), \("P\(id)"), '', '', 100, 100, 100, 'standard',
                    \(categories[id]), 1, 0, 'approved', 1, 0, 0, 0)
                    """)
            }
        }
    }

    private static func insert(_ sales: [Sale], _ rest: Rest, _ database: any Database) async throws {
        let (carts, refunds) = (rest.carts, rest.refunds)
        try await database.write { tx in
            for sale in sales { try insert(sale, tx) }
            for (index, cart) in carts.enumerated() {
                let status: String = cart.isOrdered ? "ordered" : "open"
                try tx.execute(
                    """
                    INSERT INTO carts (owner_key, status, notices, created_at, updated_at)
                    VALUES (\("o:\(index)"), \(status), '[]', \(cart.moment), \(cart.moment))
                    """)
            }
            for refund in refunds {
                let status: String = refund.isReceived ? "received" : "approved"
                try tx.execute(
                    """
                    INSERT INTO returns (order_id, status, refund_amount, created_at, updated_at)
                    VALUES (\(refund.sale), \(status), \(refund.amount), 0,
                    \(refund.moment))
                    """)
            }
        }
    }

    private static func insert(_ sale: Sale, _ tx: Transaction) throws {
        let status: String = sale.isCancelled ? "cancelled" : "delivered"
        try tx.execute(
            """
            INSERT INTO orders (id, order_number, cart_key, email, status, payment_status, payment_method, currency,
            subtotal, discount_amount, shipping_cost, tax, total, units, tax_inclusive, tax_lines, coupon_code,
            shipping_address, billing_address, created_at, updated_at)
            VALUES (\(sale.id), \("K-\(sale.id)"), \("c:\(sale.id)"), 'a@example.com', \(status), 'paid', 'card', 'USD',
            \(sale.gross), \(sale.discount), \(sale.shipping), \(sale.tax), \(sale.total), \(sale.units), 0, '[]',
            \(sale.coupon), '{}', '{}', \(sale.moment), \(sale.moment))
            """)
        for (index, line) in sale.lines.enumerated() {
            try tx.execute(
                """
                INSERT INTO order_items (order_id, product_id, variant_key, product_name, sku, options, vendor_id,
                tax_class, quantity, price, subtotal, discount, tax, status)
                VALUES (\(sale.id), \(line.product), \(Int64(index)), 'N', 'S', '[]', \(line.vendor), 'standard',
                \(line.units), 1, \(line.gross), \(line.discount), \(line.tax), 'delivered')
                """)
        }
    }

    /// Moments around `day`, some of them exactly at the beginning of a day or the last before it.
    private static func moment(_ random: RandomSource, near day: CivilDate, _ zone: TimeZoneRules) -> Timestamp {
        let other = CivilDate(daysSinceEpoch: day.daysSinceEpoch - 25 + random.number(below: 50))
        let start = zone.start(of: other)
        switch random.number(below: 4) {
        case 0: return start
        case 1: return start - TimeSpan(microseconds: 1)
        default: return start + .seconds(Int64(random.number(below: 86_400)))
        }
    }

    private static func sale(_ id: Int64, _ random: RandomSource, at moment: Timestamp) -> Sale {
        let coupons = ["", "", "SPRING", "AUTUMN", "WINTER"]
        let lines = (0...random.number(below: 3)).map { _ in
            let vendors: [Int64?] = [nil, 21, 22]
            let gross = Int64(100 + random.number(below: 100_000))
            return Line(
                product: Int64(1 + random.number(below: 4)), vendor: vendors[random.number(below: 3)],
                units: Int64(1 + random.number(below: 9)), gross: gross,
                discount: Int64(random.number(below: Int(gross))), tax: Int64(random.number(below: 2_000)))
        }
        return Sale(
            id: id, moment: moment, isCancelled: random.number(below: 5) == 0,
            shipping: Int64(random.number(below: 900)),
            coupon: coupons[random.number(below: coupons.count)], lines: lines)
    }

    // MARK: The model

    /// The first day of the period that a day lies in.
    private static func period(_ day: CivilDate, _ grouping: String, from: CivilDate) -> CivilDate {
        switch grouping {
        case "week":
            // 2026-10-19 was a Monday.
            let monday = CivilDate(year: 2026, month: 10, day: 19)?.daysSinceEpoch ?? 0
            let offset = ((day.daysSinceEpoch - monday) % 7 + 7) % 7
            return max(from, CivilDate(daysSinceEpoch: day.daysSinceEpoch - offset))
        case "month": return max(from, CivilDate(daysSinceEpoch: day.daysSinceEpoch - day.day + 1))
        default: return day
        }
    }

    /// The lines of a report by their keys, empty periods among them.
    private static func expected(
        _ grouping: String, _ sales: [Sale], from: CivilDate, until: CivilDate, _ zone: TimeZoneRules
    ) -> [String: Sums] {
        var lines: [String: Sums] = [:]
        let isPeriod = ["day", "week", "month"].contains(grouping)
        if isPeriod {
            for number in from.daysSinceEpoch...until.daysSinceEpoch {
                let start = period(CivilDate(daysSinceEpoch: number), grouping, from: from)
                lines[start.description] = Sums()
            }
        }
        for sale in sales {
            switch grouping {
            case "coupon": if !sale.coupon.isEmpty { lines[sale.coupon, default: Sums()].add(sale) }
            case "product": for line in sale.lines { lines[String(line.product), default: Sums()].add(line) }
            case "vendor": for line in sale.lines { lines[String(line.vendor ?? 0), default: Sums()].add(line) }
            case "category":
                for line in sale.lines { lines[String(categories[line.product] ?? 0), default: Sums()].add(line) }
            default:
                let start = period(zone.day(of: sale.moment), grouping, from: from)
                lines[start.description, default: Sums()].add(sale)
            }
        }
        return lines
    }

    private static let groupings = ["day", "week", "month", "product", "category", "vendor", "coupon"]

    @Test(
        .timeLimit(.minutes(10)), arguments: Backend.available,
        ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
    func `a report is what a list of the orders comes to, by whatever it is grouped`(
        _ backend: Backend, _ zone: String
    ) async throws {
        let random = RandomSource.seeded(UInt64(zone.utf8.count))
        // Clocks change in these days in Berlin, in New York and on Lord Howe.
        let middle = try #require(CivilDate(year: 2026, month: 10, day: 20))
        let rules = try Stand.rules(zone)
        let sales = (1...120).map { Self.sale(Int64($0), random, at: Self.moment(random, near: middle, rules)) }
        var rest = Rest()
        for _ in 0..<60 {
            rest.carts.append((Self.moment(random, near: middle, rules), random.number(below: 3) > 0))
            let sale = sales[random.number(below: sales.count)]
            let amount = Int64(random.number(below: 5_000))
            rest.refunds.append(
                (Self.moment(random, near: middle, rules), sale.id, amount, random.number(below: 3) > 0))
        }
        let kept = rest
        try await Self.with(backend, zone: zone) { stand in
            try await Self.fillCatalog(stand.database)
            try await Self.insert(sales, kept, stand.database)
            for grouping in Self.groupings {
                for _ in 0..<3 {
                    let first = middle.daysSinceEpoch - 27 + random.number(below: 40)
                    let from = CivilDate(daysSinceEpoch: first)
                    let until = CivilDate(daysSinceEpoch: first + random.number(below: 30))
                    let answer = try await stand.sales("group_by=\(grouping)&from=\(from)&to=\(until)")
                    try #require(answer.status == 200, "\(answer.json)")
                    let place = "\(grouping) \(from) to \(until)"
                    try Self.compare(answer, grouping, sales, from: from, until: until, stand.zone, place)
                    Self.compare(answer, kept, sales, from: from, until: until, stand.zone, place)
                }
            }
        }
    }

    private static func isWithin(
        _ moment: Timestamp, _ from: CivilDate, _ until: CivilDate, _ zone: TimeZoneRules
    ) -> Bool {
        (from...until).contains(zone.day(of: moment))
    }

    private static func compare(
        _ answer: EndpointAnswer, _ grouping: String, _ sales: [Sale], from: CivilDate, until: CivilDate,
        _ zone: TimeZoneRules, _ place: String
    ) throws {
        let counted = sales.filter { !$0.isCancelled && isWithin($0.moment, from, until, zone) }
        let model = expected(grouping, counted, from: from, until: until, zone)
        let isOfOrders = ["day", "week", "month", "coupon"].contains(grouping)
        let keys = answer.results.map { $0.text("key") }
        #expect(Set(keys) == Set(model.keys) && keys.count == model.count, "\(place): \(keys)")
        for line in answer.results {
            let sums = model[line.text("key")] ?? Sums()
            #expect(line["sums"] == sums.json(ofOrders: isOfOrders), "\(place): \(line)")
        }
        switch grouping {
        case "day", "week", "month": #expect(keys == keys.sorted(), "\(place)")
        case "coupon":
            let orders = keys.map { model[$0]?.orders ?? 0 }
            #expect(orders == orders.sorted(by: >), "\(place)")
        default:
            let gross = keys.map { model[$0]?.gross ?? 0 }
            #expect(gross == gross.sorted(by: >), "the best sold first: \(place)")
        }
        let summary = counted.reduce(into: Sums()) { $0.add($1) }
        #expect(answer["summary"] == summary.json(ofOrders: true), "\(place)")
        let average = try #require(Currency.usd.amount(answer.text("average_order_value") ?? ""))
        let rest = average.minorUnits * summary.orders - summary.total
        #expect(abs(rest) * 2 <= summary.orders, "\(place): the nearest cent")
        #expect(answer.text("from") == from.description && answer.text("to") == until.description)
    }

    private static func compare(
        _ answer: EndpointAnswer, _ rest: Rest, _ sales: [Sale], from: CivilDate, until: CivilDate,
        _ zone: TimeZoneRules, _ place: String
    ) {
        let cancelled = Set(sales.filter(\.isCancelled).map(\.id))
        let refunds = rest.refunds.filter {
            $0.isReceived && !cancelled.contains($0.sale) && isWithin($0.moment, from, until, zone)
        }
        let refunded = refunds.map(\.amount).reduce(0, +)
        #expect(answer.text("refunds") == Currency.usd.text(Money(minorUnits: refunded)), "\(place)")
        let carts = rest.carts.filter { isWithin($0.moment, from, until, zone) }
        let ordered = Int64(carts.count { $0.isOrdered })
        #expect(answer["carts"]?.integer == Int64(carts.count), "\(place)")
        #expect(answer["carts_ordered"]?.integer == ordered, "\(place)")
        guard !carts.isEmpty else {
            #expect(answer["conversion"] == .null, "\(place)")
            return
        }
        let share = Int64(decimal: answer.text("conversion") ?? "", scale: 4) ?? -1
        #expect(abs(share * Int64(carts.count) - ordered * 10_000) * 2 <= Int64(carts.count), "\(place)")
    }

    // MARK: Periods

    private static let periods: [(String, String, [String])] = [
        ("UTC", "group_by=day&from=2024-02-28&to=2024-03-01", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("UTC", "group_by=day&from=2026-12-31&to=2027-01-01", ["2026-12-31", "2027-01-01"]),
        ("UTC", "group_by=day&from=2026-05-05&to=2026-05-05", ["2026-05-05"]),
        ("UTC", "group_by=week&from=2026-12-30&to=2027-01-11", ["2026-12-30", "2027-01-04", "2027-01-11"]),
        ("UTC", "group_by=week&from=2026-10-19&to=2026-10-25", ["2026-10-19"]),
        ("UTC", "group_by=week&from=2026-10-18&to=2026-10-19", ["2026-10-18", "2026-10-19"]),
        ("UTC", "group_by=month&from=2026-01-31&to=2026-03-01", ["2026-01-31", "2026-02-01", "2026-03-01"]),
        ("UTC", "group_by=month&from=2026-02-01&to=2026-02-28", ["2026-02-01"]),
        ("UTC", "group_by=product&from=2026-02-01&to=2026-02-28", []),
        ("Europe/Berlin", "group_by=day&from=2026-03-29&to=2026-03-30", ["2026-03-29", "2026-03-30"]),
        ("Pacific/Apia", "group_by=day&from=2011-12-29&to=2011-12-31", ["2011-12-29", "2011-12-30", "2011-12-31"]),
    ]

    @Test(arguments: periods)
    func `a shop that sold nothing has its periods all the same`(
        _ zone: String, _ query: String, _ keys: [String]
    ) async throws {
        try await Self.with(.sqlite, zone: zone) { stand in
            let answer = try await stand.sales(query)
            #expect(answer.results.map { $0.text("key") } == keys)
            for line in answer.results { #expect(line["sums"] == Sums().json(ofOrders: true)) }
            #expect(answer["summary"] == Sums().json(ofOrders: true) && answer["conversion"] == .null)
            #expect(answer.text("average_order_value") == "0.00" && answer.text("refunds") == "0.00")
            #expect(answer.text("time_zone") == zone && answer.text("currency") == "USD")
        }
    }

    @Test(arguments: Backend.available)
    func `a day that a time zone left out has no orders of its own`(_ backend: Backend) async throws {
        let moments = ["2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z", "2011-12-31T09:59:59Z", "2011-12-31T10:00:00Z"]
        var sales: [Sale] = []
        for (index, text) in moments.enumerated() {
            let line = Line(product: 1, vendor: nil, units: 1, gross: 100, discount: 0, tax: 0)
            sales.append(
                Sale(
                    id: Int64(index + 1), moment: try #require(Timestamp(text)), isCancelled: false, shipping: 0,
                    coupon: "", lines: [line]))
        }
        let kept = sales
        // Apia went from the 29th to the 31st at once.
        try await Self.with(backend, zone: "Pacific/Apia") { stand in
            try await Self.insert(kept, Rest(), stand.database)
            let answer = try await stand.sales("from=2011-12-29&to=2012-01-01")
            let orders: [Int64] = answer.results.map { $0["sums"]?["orders"]?.integer ?? -1 }
            #expect(orders == [1, 0, 2, 1])
        }
    }

    private static let defaults: [(String, String, String, String)] = [
        ("UTC", "", "2026-12-17", "2027-01-15"), ("Pacific/Honolulu", "", "2026-12-16", "2027-01-14"),
        ("Pacific/Kiritimati", "", "2026-12-17", "2027-01-15"), ("UTC", "from=2027-01-10", "2027-01-10", "2027-01-15"),
        ("UTC", "from=2027-02-01", "2027-02-01", "2027-02-01"), ("UTC", "to=2026-03-01", "2026-01-31", "2026-03-01"),
        ("UTC", "from=&to=", "2026-12-17", "2027-01-15"), ("UTC", "from=2027-1-5", "2027-01-05", "2027-01-15"),
        ("UTC", "from=2022-01-01&to=2027-01-04", "2022-01-01", "2027-01-04"),
    ]

    @Test(arguments: defaults)
    func `days that are not named are the last thirty of the shop`(
        _ zone: String, _ query: String, _ from: String, _ until: String
    ) async throws {
        try await Self.with(.sqlite, zone: zone) { stand in
            let answer = try await stand.sales(query)
            #expect(answer.text("from") == from && answer.text("to") == until, "\(answer.json)")
            #expect(answer.text("group_by") == "day")
        }
    }

    @Test(arguments: [
        ("from=2022-01-01&to=2027-01-05", "to"), ("from=2027-01-02&to=2027-01-01", "to"), ("from=2026-02-29", "from"),
        ("from=2026-13-01", "from"), ("to=2026-01-01T10:00:00Z", "to"), ("group_by=year", "group_by"),
        ("group_by=Day", "group_by"), ("format=xml", "format"), ("format=CSV", "format"),
    ])
    func `a report that makes no sense is refused on its field`(_ query: String, _ field: String) async throws {
        try await Self.with(.sqlite, zone: "UTC") { stand in
            let answer = try await stand.sales(query)
            #expect(answer.status == 400 && answer[field] != nil, "\(answer.json)")
        }
    }

    @Test func `reports are for staff with the permission`() async throws {
        let callers: [(Role?, Set<String>, Int)] = [
            (nil, [], 401), (.customer, ["reports.view"], 403), (.vendor, ["reports.view"], 403), (.staff, [], 403),
            (.staff, ["orders.view"], 403), (.staff, ["reports.view"], 200), (.admin, [], 200),
        ]
        try await Self.with(.sqlite, zone: "UTC") { stand in
            for (role, permissions, status) in callers {
                let identity = role.map {
                    Identity(
                        userID: UserID(1), sessionID: SessionID(1), email: "a@example.com", role: $0,
                        permissions: permissions, isEmailVerified: true)
                }
                let answer = try await stand.sales("", as: identity)
                #expect(answer.status == status, "\(permissions)")
            }
        }
    }

    // MARK: CSV

    @Test(arguments: Backend.available)
    func `the CSV says line by line what the JSON says`(_ backend: Backend) async throws {
        let random = RandomSource.seeded(7)
        let middle = try #require(CivilDate(year: 2026, month: 10, day: 20))
        let sales = (1...40).map { Self.sale(Int64($0), random, at: Self.moment(random, near: middle, .utc)) }
        try await Self.with(backend, zone: "UTC") { stand in
            try await Self.fillCatalog(stand.database)
            try await Self.insert(sales, Rest(), stand.database)
            for grouping in Self.groupings {
                let query = "group_by=\(grouping)&from=2026-10-01&to=2026-11-10"
                let json = try await stand.sales(query)
                let csv = try await stand.sales(query + "&format=csv")
                let name = "sales-by-\(grouping)-2026-10-01-2026-11-10.csv"
                #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
                #expect(csv.headers[.contentDisposition] == "attachment; filename=\"\(name)\"")
                let columns = ["orders", "units", "gross", "discount", "tax", "shipping", "total"]
                let rows = try CSVReader.rows(csv.bytes).map(\.cells)
                try #require(rows.count == json.results.count + 1, "\(grouping)")
                #expect(rows[0] == [grouping, "name"] + columns)
                for (row, line) in zip(rows.dropFirst(), json.results) {
                    let sums = columns.map { Self.cell(line["sums"]?[$0]) }
                    #expect(row.map { CSVText.unguarded($0) } == [line.text("key"), line.text("name")] + sums)
                    // Whatever a product is called, no spreadsheet takes it for a formula.
                    #expect(row[1].utf8.first != UInt8(ascii: "="), "\(row)")
                }
            }
        }
    }

    private static func cell(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text)?: text
        case .number(let text)?: text
        default: ""
        }
    }
}
