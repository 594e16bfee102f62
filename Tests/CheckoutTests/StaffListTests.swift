import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Lists of what staff edit: one way to page, to order and to find, whatever the list is of.
@Suite struct StaffListTests {
    private struct Shelf: Sendable, CustomTestStringConvertible {
        let path: String
        /// The members of the row of this number, 0 to 6.
        let members: @Sendable (Int) -> String
        /// What may be ordered by, and the row's member that shows it.
        let keys: [String]
        /// Rows that are there before the first is made.
        var before = 0

        var testDescription: String { path }
    }

    /// Returns a number by which no two rows are alike in any column that lists sort by, in another order than theirs.
    private static func rank(_ number: Int) -> Int { number * 5 % 7 }

    private static let shelves = [
        Shelf(
            path: "/api/admin/tax-rates/",
            members: { number in
                let country = ["AT", "BE", "CH", "DE", "ES", "FI", "GB"][(number * 3) % 7]
                return #""name": "R\#(rank(number))", "country": "\#(country)", "rate": "0.0\#(number + 1)""#
            }, keys: ["name", "country", "rate"]),
        Shelf(
            path: "/api/admin/shipping-methods/",
            members: { #""code": "c\#(rank($0))", "name": "M\#(6 - $0)", "price": "\#(($0 * 3) % 7 + 1).00""# },
            keys: ["name", "code", "price"]),
        Shelf(
            path: "/api/admin/coupons/",
            members: {
                let end = "2030-01-0\($0 + 1)T00:00:00Z"
                return #""code": "K\#(rank($0))", "discount_type": "free_shipping", "valid_until": "\#(end)""#
            }, keys: ["code", "valid_until"]),
        Shelf(
            path: "/api/inventory/warehouses/",
            members: { #""code": "X\#(rank($0))", "name": "Z\#(6 - $0)", "priority": \#(100 + ($0 * 3) % 7)"# },
            keys: ["name", "code", "priority"], before: 1),
    ]

    /// Returns what a row shows of a key, so that it is ordered as the key is.
    private static func shown(_ row: JSONValue, _ key: String) -> String {
        if let text = row[key]?.text { return text }
        let digits = row[key]?.integer.map { String($0) } ?? ""
        return String(repeating: "0", count: max(0, 20 - digits.utf8.count)) + digits
    }

    private func fill(_ shelf: Shelf, _ shop: CheckoutHarness) async throws {
        for number in 0..<7 {
            let made = try await shop.call(.post, shelf.path, "{\(shelf.members(number))}", as: CheckoutHarness.admin)
            try #require(made.status == 201, "\(shelf.path): \(made.json)")
        }
    }

    @Test(arguments: Backend.available, shelves)
    private func `a list is ordered by each of its keys, both ways, and pages join without a seam`(
        _ backend: Backend, _ shelf: Shelf
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            try await fill(shelf, shop)
            let count = 7 + shelf.before
            for key in shelf.keys {
                for sign in ["", "-"] {
                    var rows: [JSONValue] = []
                    for page in 1...((count + 2) / 3) {
                        let target = shelf.path + "?ordering=\(sign)\(key)&page_size=3&page=\(page)"
                        let answer = try await shop.call(.get, target, as: CheckoutHarness.admin)
                        #expect(
                            answer.status == 200 && answer["count"]?.integer == Int64(count),
                            "\(target): \(answer.json)"
                        )
                        #expect((answer["next"] == .null) == (page * 3 >= count), "\(target)")
                        #expect(answer.statements <= 4, "\(target)")
                        rows += answer.results
                    }
                    #expect(Set(rows.map { $0["id"] }).count == count, "each row once: \(key)")
                    let shown = rows.map { Self.shown($0, key) }
                    #expect(shown == (sign.isEmpty ? shown.sorted() : shown.sorted().reversed()), "\(sign)\(key)")
                }
            }
        }
    }

    @Test(arguments: shelves)
    private func `a list refuses what it cannot be ordered by, and has no page beyond its last`(
        _ shelf: Shelf
    ) async throws {
        try await CheckoutHarness.with(.sqlite) { shop in
            try await fill(shelf, shop)
            for key in ["password", "id;", "Name", "--name", " ", "created_at%20DESC"] {
                let answer = try await shop.call(.get, shelf.path + "?ordering=\(key)", as: CheckoutHarness.admin)
                #expect(answer.status == 400 && answer["ordering"] != nil, "\(key): \(answer.json)")
            }
            for page in ["0", "9", "x", "-1"] {
                let answer = try await shop.call(.get, shelf.path + "?page=\(page)", as: CheckoutHarness.admin)
                #expect(answer.status == 404, "\(page): \(answer.json)")
            }
        }
    }

    @Test(arguments: Backend.available, shelves)
    private func `a row that is not there is not found, by whatever is done to it`(
        _ backend: Backend, _ shelf: Shelf
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            for id in ["99", "0", "-1", "x", "9223372036854775808"] {
                let one = shelf.path + id + "/"
                #expect(try await shop.call(.get, one, as: CheckoutHarness.admin).status == 404, "\(id)")
                #expect(try await shop.call(.patch, one, "{}", as: CheckoutHarness.admin).status == 404, "\(id)")
                #expect(try await shop.call(.delete, one, as: CheckoutHarness.admin).status == 404, "\(id)")
                let whole = try await shop.call(.put, one, "{\(shelf.members(1))}", as: CheckoutHarness.admin)
                #expect(whole.status == 404, "\(id): \(whole.json)")
            }
        }
    }

    @Test(arguments: Backend.available, shelves)
    private func `a change of nothing changes nothing but the version, and of two at once one comes too late`(
        _ backend: Backend, _ shelf: Shelf
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let made = try await shop.call(.post, shelf.path, "{\(shelf.members(2))}", as: CheckoutHarness.admin)
            let one = shelf.path + "\(made.id)/"
            let same = try await shop.call(.patch, one, "{}", as: CheckoutHarness.admin)
            #expect(same.status == 200, "\(same.json)")
            for key in shelf.keys { #expect(same[key] == made[key], "\(key)") }
            let version = try #require(same["version"]?.integer)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await shop.call(
                            .patch, one, "{}", as: CheckoutHarness.admin, headers: ["If-Match": "\"\(version)\""]
                        ).status
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [200: 1, 412: 3], "\(statuses)")
        }
    }
}
