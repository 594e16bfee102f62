import AppHarness
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Catalog

@Suite struct CatalogSearchTests {
    private func withShelf(_ backend: Backend, _ body: (CatalogFixture) async throws -> Void) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let goods: [(String, String)] = [
                ("Crème brûlée torch", "A torch for the kitchen"), ("Garden torch", "Burns with a warm light"),
                ("The big book of to be", "All in all"), ("USB cable XL", "Two metres, with crème colour"),
                ("Łódź poster", "Straße in winter"), ("Чайник медный", "для чая"), ("Kaffeemühle", "grinds"),
            ]
            for (index, (name, text)) in goods.enumerated() {
                _ = try await shop.product(name, sku: "GOOD-\(index)X", in: category, ["description": .string(text)])
            }
            try await body(shop)
        }
    }

    @Test(arguments: Backend.available)
    func `all words are required, accents and case are not, the last may be a beginning`(_ backend: Backend)
        async throws
    {
        try await withShelf(backend) { (shop) async throws in
            let searches: [(String, [String])] = [
                ("creme%20BRULEE", ["Crème brûlée torch"]), ("cr%C3%A8me%20torch", ["Crème brûlée torch"]),
                ("torch%20gard", ["Garden torch"]), ("kitch", ["Crème brûlée torch"]), ("kitch%20torch", []),
                ("lodz", ["Łódź poster"]), ("strasse", ["Łódź poster"]), ("kaffeemuhle", ["Kaffeemühle"]),
                ("%D1%87%D0%B0%D0%B9", ["Чайник медный"]), ("good-3x", ["USB cable XL"]), ("nothing", []),
            ]
            for (search, names) in searches {
                #expect(try await shop.names("search=\(search)") == names, "\(search)")
            }
            #expect(try await shop.names("search=%20").count == 7)
        }
    }

    @Test(arguments: Backend.available)
    func `short words and stopwords find what holds them`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            #expect(try await shop.names("search=to%20be") == ["The big book of to be"])
            #expect(try await shop.names("search=the%20book") == ["The big book of to be"])
            #expect(try await shop.names("search=xl") == ["USB cable XL"])
            #expect(try await shop.names("search=u") == ["USB cable XL"])
            #expect(try await shop.names("search=xl%20cab") == ["USB cable XL"])
            #expect(try await shop.names("search=xl%20book").isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `what matches by its name comes first`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            #expect(try await shop.names("search=creme") == ["Crème brûlée torch", "USB cable XL"])
            #expect(try await shop.names("search=creme&ordering=-name") == ["USB cable XL", "Crème brûlée torch"])
        }
    }

    @Test(arguments: Backend.available)
    func `no character of a search means anything to the database`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            let marks = [
                "\"", "'", "*", "(", ")", "+", "-", "~", "<", ">", "@", "%", "_", "\\", ":", "^", "{", ";", "\u{0}",
            ]
            for mark in marks {
                let encoded = mark.utf8.map { "%" + Self.hex($0) }.joined()
                for search in [encoded, "torch\(encoded)", "\(encoded)torch", "torch%20\(encoded)%20garden"] {
                    let answer = try await shop.call(.get, "/api/products/?search=\(search)")
                    #expect([200, 400].contains(answer.status), "\(search)")
                }
                #expect(
                    try await shop.names("search=\(encoded == "%00" ? "%20" : encoded)torch").contains("Garden torch"))
            }
            for search in [
                "torch%20AND%20garden", "torch%20OR%20NOT", "NEAR(torch,garden)", "name%3Atorch", "%F0%9F%98%80",
            ] {
                #expect(try await shop.call(.get, "/api/products/?search=\(search)").status == 200, "\(search)")
            }
            #expect(try await shop.names("search=***").isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a search sees what was changed and not what was deleted`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            _ = try await shop.call(
                .patch, "/api/products/garden-torch/", .object(["name": .string("Lantern")]))
            #expect(try await shop.names("search=lantern") == ["Lantern"])
            #expect(try await shop.names("search=garden").isEmpty)
            #expect(try await shop.call(.delete, "/api/products/garden-torch/").status == 204)
            #expect(try await shop.names("search=lantern").isEmpty)
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }

    @Test(arguments: Backend.available)
    func `typing errors are forgiven where nothing is found otherwise`(_ backend: Backend) async throws {
        try await withShelf(backend) { (shop) async throws in
            let searches: [(String, [String])] = [
                ("trch", ["Garden torch", "Crème brûlée torch"]), ("torhc", ["Garden torch", "Crème brûlée torch"]),
                ("gardn%20torch", ["Garden torch"]), ("graden", ["Garden torch"]), ("kaffemuhle", ["Kaffeemühle"]),
                ("kitchen%20tocrh", ["Crème brûlée torch"]), ("psoter", ["Łódź poster"]), ("kafeem", ["Kaffeemühle"]),
                ("%D1%87%D0%B0%D0%B9%D0%BD%D0%BA", ["Чайник медный"]), ("xx", []), ("qwertzuiop", []),
                ("torchtorchtorch", []), ("%22%27%3B--%20%25_*", []),
            ]
            for (search, names) in searches {
                #expect(try await Set(shop.names("search=\(search)")) == Set(names), "\(search)")
            }
        }
    }

    /// A slip may make a word that another one begins with.
    @Test(arguments: Backend.available)
    func `a typing error in an inner word is forgiven though words begin like it`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Brass Table Lamp", sku: "1", in: category)
            _ = try await shop.product("Brasserie Menu", sku: "2", in: category)
            for search in ["bras table lamp", "brass tabl lamp", "bras tabl lam"] {
                let found = try await shop.names("search=" + search.replacing(" ", with: "+"))
                #expect(found == ["Brass Table Lamp"], "\(search)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a name that is gone is no guess any more`(_ backend: Backend) async throws {
        try await withCatalog(backend) { (shop) async throws in
            let category = try await shop.category("All")
            let id = try await shop.product("Hammock", sku: "H1", in: category).json.int("id")
            #expect(try await shop.names("search=hamock") == ["Hammock"])
            _ = try await shop.call(.patch, "/api/products/\(id)/", .object(["name": .string("Deckchair")]))
            #expect(try await shop.names("search=hamock").isEmpty)
            #expect(try await shop.names("search=dekchair") == ["Deckchair"])
            _ = try await shop.call(.delete, "/api/products/\(id)/")
            #expect(try await shop.names("search=dekchair").isEmpty)
        }
    }

    @Test(arguments: [
        ("iphone", "iphnoe", 1), ("keyboard", "keybord", 1), ("a", "", 1), ("same", "same", 0), ("abc", "cba", 2),
        ("kitten", "sitting", 3),
    ])
    func `slips are counted, a swap as one`(_ left: String, _ right: String, _ slips: Int) {
        #expect(Spelling.slips(between: left, and: right) == slips)
        #expect(Spelling.slips(between: right, and: left) == slips)
    }
}
