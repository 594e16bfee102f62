import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Each field of products, variants, categories and vendors as staff send them: its bounds, what is shown of it, and by
/// which words the rest is refused.
@Suite(.timeLimit(.minutes(10)))
struct ProductFieldTests {
    private static func letters(_ count: Int) -> String { "\"" + String(repeating: "x", count: count) + "\"" }
    private static func tooLong(_ most: Int) -> String { "Ensure this field has no more than \(most) characters." }

    private static let required = "This field is required."
    private static let null = "This field may not be null."
    private static let blank = "This field may not be blank."
    private static let noText = "Not a valid string."
    private static let noNumber = "A valid number is required."
    private static let noInteger = "A valid integer is required."
    private static let noBoolean = "Must be a valid boolean."
    private static let outOfRange = "This value is out of range."

    private static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text.utf8) }

    /// The first message on a field.
    private static func message(_ answer: CatalogFixture.Answer, _ field: String) -> String {
        answer[field]?[0]?.text ?? ""
    }

    // MARK: Products

    /// A field, what is sent, and what the answer shows.
    private static let taken: [(String, String, String)] = [
        ("name", #"" Żółw 🐢 ""#, #""Żółw 🐢""#), ("name", letters(255), letters(255)), ("name", "12", #""12""#),
        ("sku", letters(100), letters(100)), ("sku", #"" A/1 ""#, #""A/1""#),
        ("price", "0", #""0.00""#), ("price", #""0.01""#, #""0.01""#), ("price", "19.90", #""19.90""#),
        ("price", "1.1000", #""1.10""#), ("price", #""9999999999.99""#, #""9999999999.99""#),
        ("compare_at_price", "null", "null"), ("compare_at_price", "5", #""5.00""#),
        ("short_description", "null", #""""#), ("short_description", #""""#, #""""#),
        ("short_description", letters(500), letters(500)), ("description", "null", #""""#),
        ("description", #""a\nb <b>""#, #""a\nb <b>""#), ("description", letters(10_000), letters(10_000)),
        ("tax_class", "null", #""standard""#), ("tax_class", #""REDUCED""#, #""reduced""#),
        ("weight", "null", "null"), ("weight", "0", #""0.000""#), ("weight", #""0.001""#, #""0.001""#),
        ("weight", "1000000", #""1000000.000""#),
        ("dimensions", "null", "null"),
        (
            "dimensions", #"{"length": 0, "width": "0.1", "height": 100000}"#,
            #"{"length": "0.0", "width": "0.1", "height": "100000.0", "unit": "cm"}"#
        ),
        ("vendor", "null", "null"), ("is_active", "false", "false"), ("is_active", #""no""#, "false"),
        ("is_active", "null", "true"), ("is_featured", "1", "true"), ("is_featured", "null", "false"),
        ("approval_status", #""pending""#, #""pending""#), ("approval_status", "null", #""approved""#),
        ("approval_status", #""rejected""#, #""rejected""#),
    ]

    /// A field, what is sent, and the message.
    private static let refused: [(String, String, String)] = [
        ("name", "null", null), ("name", #""""#, blank), ("name", #""  ""#, blank), ("name", "[]", noText),
        ("name", "true", noText), ("name", letters(256), tooLong(255)),
        ("name", #""a\u0000b""#, "Null characters are not allowed."),
        ("sku", "null", null), ("sku", #""""#, blank), ("sku", letters(101), tooLong(100)), ("sku", "{}", noText),
        ("price", "null", null), ("price", #""""#, noNumber), ("price", "true", noNumber),
        ("price", #""1,50""#, noNumber),
        ("price", "1e2", noNumber), ("price", "[1]", noNumber),
        ("price", "-0.01", "Ensure this value is greater than or equal to 0.00."),
        ("price", "1.005", "Ensure that there are no more than 2 decimal places and the amount is in range."),
        ("compare_at_price", "-1", "Ensure this value is greater than or equal to 0.00."),
        ("compare_at_price", #""free""#, noNumber),
        ("category", "null", null), ("category", #""""#, blank), ("category", letters(221), tooLong(220)),
        ("category", #""nowhere""#, "Invalid pk \"nowhere\" - object does not exist."),
        ("category", "999999999", "Invalid pk \"999999999\" - object does not exist."), ("category", "{}", noText),
        ("short_description", letters(501), tooLong(500)), ("short_description", "{}", noText),
        ("description", letters(100_001), tooLong(100_000)),
        ("tax_class", letters(51), tooLong(50)), ("tax_class", #""""#, blank),
        ("weight", "-0.001", outOfRange), ("weight", "1000000.001", outOfRange), ("weight", #""heavy""#, noNumber),
        ("weight", "0.0001", "Ensure that there are no more than 3 decimal places."),
        ("dimensions", "[]", "Invalid data. Expected a dictionary, but got list."),
        ("dimensions", "1", "Invalid data. Expected a dictionary, but got int."),
        ("vendor", #""acme""#, noInteger), ("vendor", "1.5", noInteger),
        ("vendor", "0", "Invalid pk \"0\" - object does not exist."),
        ("vendor", "77", "Invalid pk \"77\" - object does not exist."),
        ("is_active", #""maybe""#, noBoolean), ("is_active", "[]", noBoolean), ("is_featured", "2", noBoolean),
        ("approval_status", #""great""#, "\"great\" is not a valid choice."), ("approval_status", "1", noText),
    ]

    /// More variants than one request may make.
    private static let tooMany: String = "[{}" + String(repeating: ",{}", count: 100) + "]"

    /// Fields of a new product alone.
    private static let refusedOfNew: [(String, String, String)] = [
        ("stock_quantity", "-1", "Ensure this value is greater than or equal to 0."),
        ("stock_quantity", "1000000001", "Ensure this value is less than or equal to 1000000000."),
        ("stock_quantity", "1.5", noInteger), ("stock_quantity", #""many""#, noInteger),
        ("variants", "{}", "Expected a list of items but got type \"dict\"."),
        ("variants", tooMany, "Ensure this field has no more than 100 elements."),
    ]

    @Test(arguments: Backend.available)
    func `a product is made and changed by every value that a field may have`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            for (index, (field, sent, shown)) in Self.taken.enumerated() {
                let (value, expected) = (try Self.json(sent), try Self.json(shown))
                let made = try await shop.product("Row", sku: "NEW-\(index)", in: category, [field: value])
                #expect(made.status == 201 && made[field] == expected, "\(field) \(sent.prefix(40)): \(made.json)")
                let (name, sku) = ("Other", "OLD-\(index)")
                let old = try await shop.product(name, sku: sku, in: category)
                // A SKU stays with what had it first.
                let again = field == "sku" ? JSONValue.string("AGAIN-\(index)") : value
                let path = "/api/products/\(old.json.int("id"))/"
                let changed = try await shop.call(.patch, path, .object([field: again]))
                let wanted = field == "sku" ? again : expected
                #expect(changed.status == 200 && changed[field] == wanted, "PATCH \(field): \(changed.json)")
                #expect(changed.json.int("version") == 2, "PATCH \(field)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a product is neither made nor changed by a value out of bounds, and the field says why`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let old = try await shop.product("Old", sku: "OLD", in: category)
            let path = "/api/products/\(old.json.int("id"))/"
            for (field, sent, words) in Self.refused + Self.refusedOfNew {
                let value = try Self.json(sent)
                let made = try await shop.product("Row", sku: "NEW", in: category, [field: value])
                #expect(made.status == 400 && Self.message(made, field) == words, "\(field): \(made.json)")
                guard case .object(let errors) = made.json else { continue }
                #expect(errors.count == 1, "\(field): \(errors.keys.sorted())")
            }
            for (field, sent, words) in Self.refused {
                let changed = try await shop.call(.patch, path, .object([field: try Self.json(sent)]))
                #expect(changed.status == 400 && Self.message(changed, field) == words, "PATCH \(field)")
            }
            #expect(try await shop.call(.get, path).json == old.json)
            let count = try await shop.database.read { try $0.value("SELECT COUNT(*) FROM products", as: Int.self) }
            #expect(count == 1)
        }
    }

    private static let nested: [(String, String, String)] = [
        (
            "dimensions", "{}",
            #"{"length": ["This field is required."], "width": ["This field is required."], "height": ["This field is required."]}"#
        ),
        (
            "dimensions", #"{"length": 1, "width": "x", "height": 100000.1}"#,
            #"{"width": ["A valid number is required."], "height": ["This value is out of range."]}"#
        ),
        (
            "dimensions", #"{"length": 0.05, "width": null, "height": -1}"#,
            #"""
            {"length": ["Ensure that there are no more than 1 decimal places."], "width": ["This field is required."],
            "height": ["This value is out of range."]}
            """#
        ),
        ("variants", #"[{"sku": "A"}, {}]"#, #"[{}, {"sku": ["This field is required."]}]"#),
        (
            "variants", #"[{"sku": "A", "stock_quantity": -1, "is_active": "x"}]"#,
            #"""
            [{"stock_quantity": ["Ensure this value is greater than or equal to 0."],
            "is_active": ["Must be a valid boolean."]}]
            """#
        ),
        (
            "variants", #"[{"sku": "A", "options": [{"type": "", "value": "S"}, {"type": "Size"}]}]"#,
            #"[{"options": [{"type": ["This field may not be blank."]}, {"value": ["This field is required."]}]}]"#
        ),
        (
            "variants", #"[{"sku": "A", "price_adjustment": -10}, {"sku": "B", "price_adjustment": "-9.99"}]"#,
            #"[{"price_adjustment": ["The variant would cost nothing. What is given away has a price of 0.00."]}, {}]"#
        ),
        (
            "variants",
            #"""
            [{"sku": "A", "variant_type": "Size", "variant_value": "S"},
            {"sku": "B", "options": [{"type": "size", "value": "s"}]}]
            """#,
            #"[{}, {"options": ["Another variant of this product has these options."]}]"#
        ),
    ]

    @Test(arguments: Backend.available)
    func `what is wrong inside of a field is said where it is`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            for (field, sent, errors) in Self.nested {
                let made = try await shop.product("Row", sku: "NEW", in: category, [field: try Self.json(sent)])
                let expected: JSONValue = .object([field: try Self.json(errors)])
                #expect(made.status == 400 && made.json == expected, "\(made.json)")
            }
        }
    }

    // MARK: Variants

    @Test(arguments: Backend.available)
    func `a variant's price is its own or follows the product's, within bounds`(_ backend: Backend) async throws {
        let rows: [(sent: String, price: String, adjustment: String)] = [
            ("{}", "10.00", "0.00"), (#"{"price": null}"#, "10.00", "0.00"), (#"{"price": 0}"#, "0.00", "-10.00"),
            (#"{"price": "9999999999.99"}"#, "9999999999.99", "9999999989.99"),
            (#"{"price_adjustment": "-9.99"}"#, "0.01", "-9.99"), (#"{"price_adjustment": 2.5}"#, "12.50", "2.50"),
            (#"{"price": "7", "price_adjustment": "1"}"#, "7.00", "-3.00"),
        ]
        let bad: [(sent: String, field: String)] = [
            (#"{"price": -1}"#, "price"), (#"{"price": "1.001"}"#, "price"), (#"{"price": true}"#, "price"),
            (#"{"price_adjustment": "-10"}"#, "price_adjustment"), (#"{"price_adjustment": "x"}"#, "price_adjustment"),
            (#"{"stock_quantity": 1000000001}"#, "stock_quantity"), (#"{"options": "Size"}"#, "options"),
            (#"{"options": [{"type": "A", "value": "1"}, {"type": "A", "value": "2"}]}"#, "options"),
            (#"{"variant_type": \#(Self.letters(101))}"#, "variant_type"),
            (#"{"variant_value": \#(Self.letters(201))}"#, "variant_value"), (#"{"is_active": "x"}"#, "is_active"),
        ]
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let product = try await shop.product("Shirt", sku: "SHIRT", in: category)
            let path = "/api/products/\(product.json.int("id"))/variants/"
            for (index, row) in rows.enumerated() {
                let made = try await shop.call(.post, path, Self.with("V-\(index)", row.sent))
                #expect(made.status == 201 && made.json.text("price") == row.price, "\(row.sent): \(made.json)")
                #expect(made.json.text("price_adjustment") == row.adjustment, "\(row.sent)")
            }
            for (sent, field) in bad {
                let answer = try await shop.call(.post, path, Self.with("BAD", sent))
                #expect(answer.status == 400 && answer[field] != nil, "\(sent.prefix(60)): \(answer.json)")
            }
            for sku in ["v-0", "shirt"] {
                let answer = try await shop.call(.post, path, Self.with(sku, "{}"))
                #expect(answer.status == 400 && answer["sku"] != nil, "\(sku)")
            }
            let shown = try await shop.call(.get, "/api/products/shirt/")
            #expect(shown["variants"]?.elements.count == rows.count)
        }
    }

    private static func with(_ sku: String, _ text: String) throws -> JSONValue {
        guard case .object(let members) = try json(text) else { return .null }
        return .object(members.merging(["sku": .string(sku)]) { $1 })
    }

    // MARK: Categories

    @Test(arguments: Backend.available)
    func `a category is made and changed within the bounds of its fields`(_ backend: Backend) async throws {
        let taken: [(String, String, String)] = [
            ("name", Self.letters(200), Self.letters(200)), ("name", #"" Sofas & Co ""#, #""Sofas & Co""#),
            ("description", Self.letters(10_000), Self.letters(10_000)), ("description", "null", #""""#),
            ("parent", "null", "null"), ("parent", #""root""#, "1"), ("parent", "1", "1"), ("parent", #""""#, "null"),
            ("is_active", "false", "false"), ("is_active", #""on""#, "true"), ("is_active", "null", "true"),
        ]
        let refused: [(String, String, String)] = [
            ("name", "null", Self.null), ("name", #""""#, Self.blank), ("name", Self.letters(201), Self.tooLong(200)),
            ("name", "{}", Self.noText), ("description", Self.letters(10_001), Self.tooLong(10_000)),
            ("description", "[]", Self.noText), ("is_active", "2", Self.noBoolean),
            ("parent", #""nowhere""#, "Invalid pk \"nowhere\" - object does not exist."),
            ("parent", "999999999", "Invalid pk \"999999999\" - object does not exist."),
            ("parent", Self.letters(221), Self.tooLong(220)), ("parent", "{}", Self.noText),
        ]
        try await withCatalog(backend) { shop in
            let root = try await shop.category("Root")
            for (index, (field, sent, shown)) in taken.enumerated() {
                let (value, expected) = (try Self.json(sent), try Self.json(shown))
                let wanted = field == "parent" && shown == "1" ? JSONValue.number(String(root)) : expected
                let asked = field == "parent" && sent == "1" ? JSONValue.number(String(root)) : value
                let whole = ["name": JSONValue.string("Row \(index)")].merging([field: asked]) { $1 }
                let made = try await shop.call(.post, "/api/categories/", .object(whole))
                #expect(made.status == 201 && made[field] == wanted, "\(field): \(made.json)")
                let old = try await shop.category("Old \(index)")
                let changed = try await shop.call(.patch, "/api/categories/\(old)/", .object([field: asked]))
                #expect(changed.status == 200 && changed[field] == wanted, "PATCH \(field): \(changed.json)")
            }
            let before = try await shop.call(.get, "/api/categories/")
            for (field, sent, words) in refused {
                let value = try Self.json(sent)
                let whole = ["name": JSONValue.string("Bad")].merging([field: value]) { $1 }
                let made = try await shop.call(.post, "/api/categories/", .object(whole))
                #expect(made.status == 400 && Self.message(made, field) == words, "\(field): \(made.json)")
                let changed = try await shop.call(.patch, "/api/categories/\(root)/", .object([field: value]))
                #expect(changed.status == 400 && Self.message(changed, field) == words, "PATCH \(field)")
            }
            let missing = try await shop.call(.post, "/api/categories/", .object([:]))
            #expect(missing.status == 400 && Self.message(missing, "name") == Self.required)
            #expect(try await shop.call(.get, "/api/categories/").json == before.json)
        }
    }

    // MARK: Vendors

    @Test(arguments: Backend.available)
    func `a vendor's name has a bound, and its slug one below that`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let name = String(repeating: "x", count: 200)
            var slugs: [String] = []
            for _ in 0..<3 {
                let made = try await shop.call(.post, "/api/admin/vendors/", .object(["name": .string(name)]))
                #expect(made.status == 201 && made.json.text("name") == name)
                slugs.append(made.json.text("slug"))
            }
            let stem = String(repeating: "x", count: 180)
            #expect(slugs == [stem, stem + "-2", stem + "-3"])
            for bad in [name + "x", "", " \u{3000} "] {
                let answer = try await shop.call(.post, "/api/admin/vendors/", .object(["name": .string(bad)]))
                #expect(answer.status == 400 && answer["name"] != nil)
            }
            for status in ["pending", "approved", "rejected", "suspended"] {
                let body: JSONValue = .object(["name": .string(status), "status": .string(status)])
                #expect(try await shop.call(.post, "/api/admin/vendors/", body).json.text("status") == status)
            }
        }
    }

    /// What asks for a permission asks everybody for it but vendors, who write products of their own; 400 and 404 are answers
    /// to those who may.
    @Test(arguments: Backend.available)
    func `the catalog is written by staff with the permission, and their others open nothing`(
        _ backend: Backend
    ) async throws {
        let doors: [(HTTPRequest.Method, String, String, Int)] = [
            (.post, "/api/products/", "products.edit", 400), (.put, "/api/products/9/", "products.edit", 400),
            (.patch, "/api/products/9/", "products.edit", 404), (.delete, "/api/products/9/", "products.edit", 404),
            (.post, "/api/products/9/variants/", "products.edit", 400),
            (.post, "/api/categories/", "products.edit", 400), (.delete, "/api/categories/9/", "products.edit", 404),
            (.get, "/api/admin/products/imports/", "products.edit", 200),
            (.get, "/api/admin/categories/imports/9/", "products.edit", 404),
            (.get, "/api/admin/stock/imports/", "inventory.edit", 200),
            (.get, "/api/admin/vendors/", "vendors.edit", 200),
            (.post, "/api/admin/vendors/", "vendors.edit", 400),
        ]
        let all: Set<String> = ["products.edit", "inventory.edit", "vendors.edit"]
        try await withCatalog(backend) { shop in
            for (method, path, permission, answered) in doors {
                let isSellers = answered == 400 && path.hasPrefix("/api/products/")
                let callers: [(Role?, Set<String>, Int)] = [
                    (nil, [], 401), (.customer, all, 403), (.vendor, all, isSellers ? 400 : 403), (.staff, [], 403),
                    (.staff, all.subtracting([permission]), 403), (.staff, [permission], answered),
                    (.admin, [], answered),
                ]
                for (role, permissions, status) in callers {
                    let identity = role.map {
                        Identity(
                            userID: UserID(1), sessionID: SessionID(1), email: "a@example.com", role: $0,
                            permissions: permissions, isEmailVerified: true)
                    }
                    let answer = try await shop.caller.call(method, path, headers: [:], body: [], by: .known(identity))
                    #expect(answer.status == status, "\(method) \(path) \(permissions): \(answer.json)")
                }
            }
        }
    }
}
