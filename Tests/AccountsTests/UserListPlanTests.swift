import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// Users in their thousands: what lists of them read, and what a search finds.
@Suite struct UserListPlanTests {
    private static func fill(_ shop: AccountsHarness) async throws {
        for start in stride(from: 0, to: 4_000, by: 500) {
            try await shop.database.write { tx in
                let rows = (start..<start + 500).map { number -> [SQLValue] in
                    let (email, phone) = ("buyer\(number)@example.com", "+4930\(1_000_000 + number)")
                    let (moment, isVerified) = (Int64(number), number % 3 == 0 ? 0 : 1)
                    return .row(
                        email, "First\(number)", "Last\(number % 97)", phone, "customer", isVerified, moment, moment,
                        moment)
                }
                try tx.execute(
                    """
                    INSERT INTO users (email, first_name, last_name, phone_number, role, is_email_verified, last_login,
                    created_at, updated_at) VALUES \(rows: rows)
                    """)
            }
        }
        _ = try await shop.database.write { tx in
            if tx.dialect == .mysql { _ = try tx.rows("ANALYZE TABLE users") }
        }
    }

    @Test(arguments: Backend.available)
    func `each order of customers walks an index, by three statements and those of the caller`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let root = try await shop.admin()
            try await Self.fill(shop)
            let plans = PlanReader(database: shop.database)
            let orders = ["created_at", "email", "last_login", "last_name"]
            let narrowings = ["", "&page=150", "&is_email_verified=false", "&is_active=true&page=3", "&search=last9"]
            for ordering in orders.flatMap({ [$0, "-" + $0] }) {
                for narrowing in narrowings {
                    let path = "/api/users/?is_staff=false&ordering=\(ordering)\(narrowing)"
                    let found = try await plans.findings {
                        let answer = try await shop.call(.get, path, token: root.access)
                        #expect(answer.status == 200, "\(path): \(answer.json)")
                        #expect(answer.statements <= 5, "\(path): \(answer.statements)")
                    }
                    // What a search finds is sorted, unless by age.
                    let isSorted = narrowing.contains("search") && !ordering.hasSuffix("created_at")
                    let faults = found.filter { !(isSorted && $0.isSort) }
                    #expect(faults.isEmpty, "\(path): \(faults)")
                }
            }
        }
    }

    @Test(
        arguments: Backend.available,
        [
            ("buyer123@", 1), ("BUYER123@example.com", 1), ("first123", 11), ("first123 last26", 1), ("1000777", 1),
            ("nobody", 0), ("last9", 329),
        ])
    func `a search finds parts of names, addresses and numbers`(
        _ backend: Backend, _ search: (text: String, count: Int)
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let root = try await shop.admin()
            try await Self.fill(shop)
            let text = search.text.replacing(" ", with: "%20").replacing("@", with: "%40")
            let answer = try await shop.call(.get, "/api/users/?is_staff=false&search=\(text)", token: root.access)
            #expect(answer.json.int("count") == search.count, "\(search): \(answer.json)")
        }
    }
}
