import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct VendorPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of vendors says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["DEBUG": "true"]) { stand in
            let cast = try await TestAccounts(stand)
            try await stand.verifyAll()
            let world = try await CommerceFixture(cast)
            try await cast.expect(
                VendorsTable.rows, values: { try await world.values(for: $0.placeholders) },
                look: TestAccounts.expectFewStatements)
        }
    }

    /// Two statements are the session's and its last activity's.
    private func expectFewStatements(_ answer: ProbeResponse, _ row: PermissionRow, _ part: TestAccounts.Part) {
        guard row.method == "GET", answer.status == 200 else { return }
        let statements = answer.header("X-SQL-Statements").flatMap { Int($0) } ?? .max
        let limit = (answer["results"] != nil ? 4 : 6) + (part == .anonymous ? 1 : 2)
        #expect(statements <= limit, "\(row.method) \(row.template) by \(part): \(statements)")
    }

    @Test func `no endpoint of vendors is missing from the table`() async throws {
        try await withShop(.sqlite) { stand in
            let shapes = Set(VendorsTable.rows.map(\.shape))
            let found = try await stand.documentedShapes(where: Self.isOfVendors)
            #expect(found == shapes, "\(found.symmetricDifference(shapes))")
        }
    }

    /// What pays vendors has a table of its own.
    private static func isOfVendors(_ path: String) -> Bool {
        let settled = ["/api/vendors/payouts", "/api/vendors/analytics", "/api/vendors/dashboard"]
        let settledByStaff = ["/payouts/", "/balance/", "/ledger/", "/adjustments/"]
        return ["/api/vendors/", "/api/admin/vendors/"].contains(where: path.hasPrefix)
            && !settled.contains(where: path.hasPrefix) && !settledByStaff.contains(where: path.hasSuffix)
            && !path.contains("/payouts/")
    }

    /// What names something of a vendor in a path, as another vendor would guess it.
    private static let foreign: [PermissionRow] =
        VendorsTable.rows.filter {
            $0.template.hasPrefix("/api/vendors/") && !$0.template.hasPrefix("/api/vendors/{vendor}/")
                && $0.template.contains("{")
        } + [
            .init("PATCH /api/products/{own}/", "", #"{"price": "1.00"}"#), .init("DELETE /api/products/{own}/", ""),
            .init("GET /api/products/{own}/price-history/", ""),
            .init("POST /api/products/{own}/variants/", "", #"{"sku": "X{n}"}"#),
            .init("POST /api/products/{own}/images/", "", .form(part: "image", CommerceTable.picture)),
            .init("GET /api/inventory/stock/{own}/", ""),
            .init("POST /api/inventory/stock/adjust/", "", #"{"product_id": {own}, "quantity": 1}"#),
            .init("GET /api/orders/{vended}/", ""),
        ]

    @Test(arguments: Backend.available)
    func `a vendor sees and changes nothing of another vendor`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let cast = try await TestAccounts(stand)
            try await stand.verifyAll()
            let world = try await CommerceFixture(cast)
            let other = cast[.stranger]
            let made = try await cast.admin.send(
                "POST", "/api/admin/vendors/",
                json: ["name": "Other", "user": .number(String(try await cast.id(of: .stranger)))])
            try #require(made.status == 201, "\(made.text)")
            for row in Self.foreign {
                let values = try await world.values(for: row.placeholders)
                let before = try await Self.fingerprint(stand)
                let answer = try await row.send(by: other, values)
                #expect(answer.status == 404, "\(row.method) \(row.template): \(answer.status) \(answer.text)")
                #expect(try await Self.fingerprint(stand) == before, "\(row.shape)")
            }
            for list in ["products", "orders", "documents"] {
                let answer = try await other.send("GET", "/api/vendors/\(list)/")
                #expect(answer.status == 200 && answer["count"]?.number == 0, "\(list): \(answer.text)")
            }
            for path in ["/api/inventory/stock/", "/api/inventory/movements/"] {
                #expect(try await other.send("GET", path)["count"]?.number == 0, "\(path)")
            }
        }
    }

    /// What is stored of vendors, their products and orders.
    private static func fingerprint(_ stand: ShopHarness) async throws -> [Int] {
        try await stand.shop.installation.database.read { connection in
            try [
                "SELECT COALESCE(SUM(version), 0) FROM vendors", "SELECT COALESCE(SUM(version), 0) FROM products",
                "SELECT COUNT(*) FROM order_events", "SELECT COUNT(*) FROM vendor_documents",
                "SELECT COUNT(*) FROM vendor_reviews WHERE response <> ''", "SELECT COUNT(*) FROM product_images",
                "SELECT COUNT(*) FROM stock_movements",
            ].map { (query: Query) in try connection.value(query, as: Int.self) ?? 0 }
        }
    }
}
