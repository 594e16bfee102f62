import AdminPages
import Primitives
import Testing
import Web

@testable import Admin

/// What the address of a list holds.
@Suite struct ListQueryTests {
    private static func query(_ text: String) -> ListQuery { ListQuery(TrialSite.screen, QueryItems(text)) }

    @Test(
        arguments: [
            ("", [:]), ("is_active=true&search=a", ["is_active": "true", "search": "a"]), ("search=", [:]),
            ("ordering=-price&min_price=5", ["ordering": "-price", "min_price": "5"]),
            ("unknown=1&csrf=x&column.name=1&page=3&page_size=50", [:]),
        ] as [(String, [String: String])])
    func `the endpoint is asked for what the screen declares and the address says`(
        _ address: String, _ narrowing: [String: String]
    ) {
        #expect(Self.query(address).narrowing == narrowing)
    }

    @Test(arguments: [
        ("", 25), ("page_size=50", 50), ("page_size=100", 100), ("page_size=25", 25), ("page_size=1000", 25),
        ("page_size=-1", 25), ("page_size=x", 25), ("page_size=", 25),
    ])
    func `a page has one of three sizes`(_ address: String, _ size: Int) {
        let query = Self.query(address + "&page=2")
        #expect(query.size == size && query.asked["page_size"] == String(size) && query.asked["page"] == "2")
    }

    @Test(arguments: [
        ("", ["name", "price", "is_active", "created_at"]), ("column.price=1&column.name=1", ["name", "price"]),
        ("column.rate=1", ["rate"]),
        ("column.=1", ["name", "price", "is_active", "created_at"]),
        ("column.nothing=1&column=name", ["name", "price", "is_active", "created_at"]),
    ])
    func `columns are those that were chosen, in the screen's order`(_ address: String, _ members: [String]) {
        #expect(Self.query(address).columns.map(\.member) == members)
    }

    @Test func `one thing is changed at a time, and a new order or filter begins at the first page`() {
        let query = Self.query("search=a%26b&page=4&page_size=50&is_active=&column.name=1")
        #expect(query.address("page", "5") == "/admin/trials/?column.name=1&page=5&page_size=50&search=a%26b")
        #expect(query.address("page", "") == "/admin/trials/?column.name=1&page_size=50&search=a%26b")
        #expect(
            query.address("ordering", "-price")
                == "/admin/trials/?column.name=1&ordering=-price&page_size=50&search=a%26b")
        #expect(query.address("search", "", path: "/x/") == "/x/?column.name=1&page_size=50")
        #expect(Self.query("").address("page", "") == "/admin/trials/")
    }

    @Test func `an address that was made is read as it was made`() {
        let random = RandomSource.seeded(201)
        let parts = ["a", "&", "=", "%", "+", " ", "ü", "<", "\"", "e\u{301}", "/", "?", "#", "\u{1F9FE}"]
        for _ in 0..<500 {
            let text = (0..<(1 + random.number(below: 6))).map { _ in parts[random.number(below: parts.count)] }
                .joined()
            let address = Self.query("page=2").address("search", text)
            let again = QueryItems(address.halves(at: "?").1 ?? "")
            #expect(again["search"].map { $0.isSame(as: text) } ?? false, "\(text)")
            #expect(again["page"] == nil)
        }
    }

    @Test func `a heading orders by its column, and by the other way round once it does`() throws {
        let price = try #require(TrialSite.screen.columns.first { $0.member == "price" })
        let plain = try #require(TrialSite.screen.columns.first { $0.member == "is_active" })
        #expect(Self.query("").heading(plain).isEmpty)
        for (address, next, sorted) in [
            ("", "ordering=-price", nil), ("ordering=price", "ordering=-price", "ascending"),
            ("ordering=-price", "ordering=price", "descending"), ("ordering=name", "ordering=-price", nil),
        ] as [(String, String, String?)] {
            let heading = Self.query(address).heading(price)
            #expect(heading["sort"] as? String == "/admin/trials/?" + next)
            #expect(heading["sorted"] as? String == sorted)
        }
    }

    @Test func `names are ordered from the first on, amounts and moments from the largest on`() throws {
        let name = try #require(TrialSite.screen.columns.first { $0.member == "name" })
        #expect(Self.query("").heading(name)["sort"] as? String == "/admin/trials/?ordering=name")
        #expect(Self.query("ordering=name").heading(name)["sort"] as? String == "/admin/trials/?ordering=-name")
    }

    @Test func `what narrows is told from what orders`() {
        #expect(!Self.query("ordering=price&page=2&column.name=1").isNarrowed)
        #expect(Self.query("search=a").isNarrowed && Self.query("is_active=false").isNarrowed)
        #expect(!Self.query("search=a&ordering=price").isFiltered && Self.query("search=a&is_active=false").isFiltered)
    }
}
