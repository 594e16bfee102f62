import Primitives
import TestSupport
import Testing

/// An address book under random hands: one default of each kind as long as one can be.
@Suite struct AddressBookModelTests {
    private struct Entry {
        var kind: String

        func serves(_ use: String) -> Bool { kind == "both" || kind == use }
    }

    private static let kinds = ["shipping", "billing", "both"]

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2] as [UInt64])
    func `whatever is added, changed and deleted, there is one default of each kind where there can be`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await withShop(backend) { stand in
            let customer = try await stand.customer()
            var book: [Int: Entry] = [:]
            for step in 0..<45 {
                let ids = book.keys.sorted()
                let kind = Self.kinds[random.number(below: Self.kinds.count)]
                let id = ids.isEmpty ? 0 : ids[random.number(below: ids.count)]
                switch ids.isEmpty ? 0 : random.number(below: 6) {
                case 0, 1:
                    var body = ShopHarness.address.members
                    body["address_type"] = .string(kind)
                    if random.number(below: 3) == 0 {
                        body["is_default_shipping"] = .bool(random.number(below: 2) == 0)
                    }
                    let made = try await customer.send("POST", "/api/auth/addresses/", json: .object(body))
                    let isOdd = body["is_default_shipping"] == .bool(true) && kind == "billing"
                    guard made.status == 201 else {
                        #expect(made.status == 400 && isOdd, "\(made.text)")
                        continue
                    }
                    book[try #require(made["id"]?.number)] = Entry(kind: kind)
                case 2:
                    let changed = try await customer.send(
                        "PATCH", "/api/auth/addresses/\(id)/", json: ["address_type": .string(kind)])
                    try #require(changed.status == 200, "\(changed.text)")
                    book[id]?.kind = kind
                case 3:
                    let gone = try await customer.send("DELETE", "/api/auth/addresses/\(id)/")
                    try #require(gone.status == 204, "\(gone.text)")
                    book[id] = nil
                default:
                    let wanted = try await customer.send(
                        "PATCH", "/api/auth/addresses/\(id)/", json: ["is_default_billing": .bool(true)])
                    let can = book[id]?.serves("billing") == true
                    if can {
                        #expect(wanted.status == 200 && wanted["is_default_billing"] == .bool(true), "\(wanted.text)")
                    }
                }
                try await compare(customer, book, step)
            }
        }
    }

    private func compare(_ customer: HTTPProbe, _ book: [Int: Entry], _ step: Int) async throws {
        let list = try await customer.send("GET", "/api/auth/addresses/?page_size=100")
        try #require(list.status == 200, "\(list.text)")
        let rows = list["results"]?.elements ?? []
        try #require(Set(rows.compactMap { $0["id"]?.number }) == Set(book.keys), "step \(step)")
        for use in ["shipping", "billing"] {
            let defaults = rows.filter { $0["is_default_\(use)"] == .bool(true) }
            let able = book.values.contains { $0.serves(use) }
            try #require(defaults.count == (able ? 1 : 0), "step \(step): \(use)")
            for row in defaults {
                let kind = row["id"]?.number.flatMap { book[$0]?.kind }
                try #require(kind == "both" || kind == use, "step \(step): a default serves for what it is")
            }
        }
    }
}
