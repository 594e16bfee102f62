import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// The one address book behind its two views: which address is the default, to the row, under random hands.
@Suite struct AddressDefaultModelTests {
    private struct Entry {
        let id: Int64
        var type: String

        func serves(_ kind: String) -> Bool { type == "both" || type == kind }
    }

    /// Addresses in the order of their making, and the default of each kind.
    private struct Book {
        var entries: [Entry] = []
        var defaults: [String: Int64] = [:]

        /// After each change: who asks for it gets it, a default that can be one no longer falls to the oldest that can.
        mutating func settle(_ wishes: [String: Int64] = [:]) {
            for kind in ["shipping", "billing"] {
                let able = entries.filter { $0.serves(kind) }
                if let wish = wishes[kind], able.contains(where: { $0.id == wish }) { defaults[kind] = wish }
                if let holder = defaults[kind], able.contains(where: { $0.id == holder }) { continue }
                defaults[kind] = able.first?.id
            }
        }
    }

    private static let types = ["shipping", "billing", "both"]

    private static let place = """
        "full_name": "Ada Lovelace", "address_line1": "1 Engine Street", "city": "London", "postal_code": "N1 9GU",
        "country": "GB"
        """

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `both views of a book agree on its addresses, and on the default to the row`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await AccountsHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.customer(), try await shop.customer("eve@example.com"))
            var book = Book()
            for step in 0..<60 {
                let type = Self.types[random.number(below: 3)]
                let index = book.entries.isEmpty ? 0 : random.number(below: book.entries.count)
                switch book.entries.isEmpty ? 0 : random.number(below: 7) {
                case 0: try await add(type, inShippingView: random.number(below: 2) == 0, shop, ada, &book)
                case 1: try await change(index, to: type, shop, ada, &book)
                case 2: try await remove(index, inShippingView: random.number(below: 2) == 0, shop, ada, &book)
                case 3: try await setDefault(index, nil, shop, ada, &book)
                case 4: try await setDefault(index, type, shop, ada, &book)
                case 5: try await wish(index, shop, ada, &book)
                default: try await intrude(index, shop, eve, book)
                }
                try await compare(shop, ada, book, "step \(step)")
            }
            #expect(try await shop.call(.get, "/api/auth/addresses/", token: eve.access)["count"] == .number("0"))
        }
    }

    private func add(
        _ type: String, inShippingView: Bool, _ shop: AccountsHarness, _ ada: AccountsHarness.Login,
        _ book: inout Book
    ) async throws {
        guard book.entries.count < 12 else { return }
        let kind = inShippingView ? "shipping" : type
        let (path, more) =
            inShippingView
            ? ("/api/shipping-addresses/", "") : ("/api/auth/addresses/", #", "address_type": "\#(type)""#)
        let made = try await shop.call(.post, path, "{\(Self.place)\(more)}", token: ada.access)
        try #require(made.status == 201, "\(made.json)")
        book.entries.append(Entry(id: made.id, type: kind))
        book.settle()
    }

    private func change(
        _ index: Int, to type: String, _ shop: AccountsHarness, _ ada: AccountsHarness.Login, _ book: inout Book
    ) async throws {
        let path = "/api/auth/addresses/\(book.entries[index].id)/"
        let changed = try await shop.call(.patch, path, #"{"address_type": "\#(type)"}"#, token: ada.access)
        try #require(changed.status == 200 && changed.text("address_type") == type, "\(changed.json)")
        book.entries[index].type = type
        book.settle()
    }

    private func remove(
        _ index: Int, inShippingView: Bool, _ shop: AccountsHarness, _ ada: AccountsHarness.Login,
        _ book: inout Book
    ) async throws {
        let entry = book.entries[index]
        let view = inShippingView ? "/api/shipping-addresses/" : "/api/auth/addresses/"
        let gone = try await shop.call(.delete, view + "\(entry.id)/", token: ada.access)
        let isSeen = !inShippingView || entry.serves("shipping")
        #expect(gone.status == (isSeen ? 204 : 404), "\(gone.json)")
        guard isSeen else { return }
        #expect(try await shop.call(.delete, view + "\(entry.id)/", token: ada.access).status == 404)
        book.entries.remove(at: index)
        book.settle()
    }

    private func setDefault(
        _ index: Int, _ type: String?, _ shop: AccountsHarness, _ ada: AccountsHarness.Login, _ book: inout Book
    ) async throws {
        let entry = book.entries[index]
        let body = type.map { #"{"address_type": "\#($0)"}"# } ?? "{}"
        let path = "/api/auth/addresses/\(entry.id)/set-default/"
        let set = try await shop.call(.post, path, body, token: ada.access)
        let asked = type ?? entry.type
        let kinds = asked == "both" ? ["shipping", "billing"] : [asked]
        guard kinds.allSatisfy({ entry.serves($0) }) else {
            #expect(set.status == 400 && set["address_type"] != nil, "\(set.json)")
            return
        }
        try #require(set.status == 200, "\(set.json)")
        var wishes: [String: Int64] = [:]
        for kind in kinds { wishes[kind] = entry.id }
        book.settle(wishes)
    }

    /// Asks for the shipping default in the view that has no other.
    private func wish(
        _ index: Int, _ shop: AccountsHarness, _ ada: AccountsHarness.Login, _ book: inout Book
    ) async throws {
        let entry = book.entries[index]
        let path = "/api/shipping-addresses/\(entry.id)/"
        let wished = try await shop.call(.patch, path, #"{"is_default": true}"#, token: ada.access)
        guard entry.serves("shipping") else {
            #expect(wished.status == 404, "\(wished.json)")
            return
        }
        try #require(wished.status == 200 && wished["is_default"] == .bool(true), "\(wished.json)")
        book.settle(["shipping": entry.id])
    }

    /// Another user's hands reach nothing of the book.
    private func intrude(
        _ index: Int, _ shop: AccountsHarness, _ eve: AccountsHarness.Login, _ book: Book
    ) async throws {
        let id = book.entries[index].id
        for view in ["/api/auth/addresses/", "/api/shipping-addresses/"] {
            let path = view + "\(id)/"
            let patched = try await shop.call(.patch, path, #"{"city": "Paris"}"#, token: eve.access)
            #expect(patched.status == 404, "\(patched.json)")
            #expect(try await shop.call(.delete, path, token: eve.access).status == 404)
        }
        let set = try await shop.call(.post, "/api/auth/addresses/\(id)/set-default/", "{}", token: eve.access)
        #expect(set.status == 404, "\(set.json)")
    }

    private func compare(
        _ shop: AccountsHarness, _ ada: AccountsHarness.Login, _ book: Book, _ step: String
    ) async throws {
        let whole = try await shop.call(.get, "/api/auth/addresses/?page_size=100", token: ada.access)
        let shipping = try await shop.call(.get, "/api/shipping-addresses/?page_size=100", token: ada.access)
        try #require(Set(whole.results.map { $0["id"]?.integer ?? 0 }) == Set(book.entries.map(\.id)), "\(step)")
        let able = book.entries.filter { $0.serves("shipping") }.map(\.id)
        try #require(Set(shipping.results.map { $0["id"]?.integer ?? 0 }) == Set(able), "\(step)")
        for kind in ["shipping", "billing"] {
            let rows = whole.results.filter { $0["is_default_\(kind)"] == .bool(true) }
            let found = rows.map { $0["id"]?.integer ?? 0 }
            let expected = book.defaults[kind].map { [$0] } ?? []
            try #require(found == expected, "\(step), \(kind): \(whole.json)")
        }
        let rows = shipping.results.filter { $0["is_default"] == .bool(true) }
        let expected = book.defaults["shipping"].map { [$0] } ?? []
        try #require(rows.map { $0["id"]?.integer ?? 0 } == expected, "\(step): \(shipping.json)")
    }
}
