import Commerce
import HTTPTypes
import Primitives
import TestSupport
import Testing

@testable import Web

/// How input is read and refused.
@Suite struct FieldsTests {
    private enum SortKey: String, CaseIterable, Sendable { case price, name }

    private struct Option: Input {
        let kind: String
        let quantity: Int

        init(_ fields: Fields) {
            kind = fields.string("kind", length: 1...10)
            quantity = fields.integer("quantity", in: 1...5)
        }
    }

    private struct Product: Input {
        let name: String?
        let price: Money
        let email: String
        let options: [Option]
        let isActive: Bool
        let ordering: Ordering<SortKey>

        init(_ fields: Fields) {
            name = fields.sent("name") { $0.string($1, length: 1...20) }
            price = fields.money("price", .optional(.zero))
            email = fields.email("email", .optional("a@example.com"))
            options = fields.list("options", of: Option.self, limit: 3)
            isActive = fields.boolean("is_active", .optional(true))
            ordering = fields.ordering(Ordering(.name))
        }
    }

    private func read(_ json: String, method: HTTPRequest.Method = .post) throws -> Product {
        let request = APIRequest(
            method: method, path: "/", headers: [.contentType: "application/json"], body: Array(json.utf8))
        return try InputReader(currency: .usd).read(Product.self, from: request)
    }

    private func refusal(_ json: String, method: HTTPRequest.Method = .post) -> JSONValue {
        do {
            _ = try read(json, method: method)
            return .null
        } catch {
            return (error as? ValidationError)?.errors.json ?? .string("\(error)")
        }
    }

    @Test func `people read an error as one line that names each field`() {
        let errors: FieldErrors = .members([
            "email": .messages(["Enter a valid email address.", "Too long."]),
            "items": .elements([.members([:]), .members(["quantity": .messages(["A valid integer is required."])])]),
            "non_field_errors": .messages(["Nothing to do."]),
        ])
        #expect(
            String(describing: ValidationError(errors))
                == "email: Enter a valid email address.; email: Too long.; "
                + "items.1.quantity: A valid integer is required.; Nothing to do.")
    }

    @Test func `every field's errors are told at once, nested ones in their place`() {
        let errors = refusal(
            """
            {"price": "1.999", "email": "nobody", "is_active": "perhaps", "ordering": "colour",
            "options": [{"kind": "ok", "quantity": 1}, {"kind": "", "quantity": 9}]}
            """)
        #expect(Set(errors.members.keys) == ["name", "price", "email", "is_active", "ordering", "options"])
        #expect(errors["name"]?[0]?.text == "This field is required.")
        #expect(errors["email"]?[0]?.text == "Enter a valid email address.")
        #expect(errors["ordering"]?[0]?.text == "\"colour\" is not a valid choice.")
        #expect(errors["options"]?[0] == .object([:]))
        #expect(errors["options"]?[1]?["kind"]?[0]?.text == "This field may not be blank.")
        #expect(errors["options"]?[1]?["quantity"]?[0]?.text == "Ensure this value is less than or equal to 5.")
    }

    @Test func `what is sent is read, as a string or a number, and what is unknown is ignored`() throws {
        let product = try read(
            """
            {"name": "  Hat ", "price": 19.99, "email": "A@Example.com", "ordering": "-price", "unknown": [1],
            "options": [{"kind": "red", "quantity": "2"}]}
            """)
        #expect(product.name == "Hat")
        #expect(product.price == Currency.usd.amount("19.99"))
        #expect(product.email == "a@example.com")
        #expect(product.options.map(\.quantity) == [2])
        #expect(product.isActive)
        #expect(product.ordering == Ordering(.price, descending: true))
    }

    @Test func `a PATCH may leave out what a PUT must send`() throws {
        #expect(try read("{}", method: .patch).name == nil)
        #expect(refusal("{}", method: .put)["name"] != nil)
    }

    @Test(arguments: [
        #"{"name": "x", "price": 1e400}"#, #"{"name": "x", "price": "99999999999999999999"}"#,
        #"{"name": "x", "price": -1}"#, #"{"name": "x", "price": {}}"#, #"{"name": "x", "price": "NaN"}"#,
        #"{"name": "x", "options": 5}"#, #"{"name": "x", "options": [5]}"#, #"{"name": "x", "is_active": 7}"#,
        #"{"name": 5.5e9, "email": []}"#, #"{"name": "x", "options": [{}, {}, {}, {}]}"#,
    ])
    func `values of another type or size are refused by their field`(json: String) {
        #expect(refusal(json).members.count == 1)
    }

    @Test func `of a repeated query name the last counts, and bytes that are no UTF-8 are no query`() throws {
        let query = try #require(QueryItems(validating: "a=1&b=x%20y+z&a=2&c&=d&e=50%"))
        #expect(query.values == ["a": "2", "b": "x y z", "c": "", "": "d", "e": "50%"])
        #expect(query.setting("b", to: "ü").hasPrefix("=d&a=2&b=%C3%BC"))
        #expect(QueryItems(validating: "a=%C3") == nil)
        #expect(QueryItems("a=%C3")["a"] == "\u{FFFD}")
    }

    @Test func `a date of HTTP is told in its own words`() throws {
        #expect(HTTPDate.format(Timestamp(seconds: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.format(Timestamp(seconds: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }
}
