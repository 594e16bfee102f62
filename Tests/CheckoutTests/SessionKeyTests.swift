import AppHarness
import Carts
import Commerce
import HTTPTypes
import Testing
import Web

/// Where a guest's key is read from, for carts, their merge and the scope of an `Idempotency-Key` alike.
@Suite struct SessionKeyTests {
    private static let (one, two) = ("one-0123456789abcdef", "two-0123456789abcdef")

    @Test(
        arguments: [
            (nil, [], nil),
            (one, [], one),
            (nil, ["cart_session=\(one)"], one),
            (one, ["cart_session=\(two)"], one),
            ("bad", [], nil),
            ("", ["cart_session=\(two)"], two),
            ("bad", ["cart_session=\(two)"], two),
            ("bad key, with spaces", ["cart_session=\(two)"], two),
            (String(repeating: "x", count: 65), ["cart_session=\(two)"], two),
            (one, ["cart_session=bad"], one),
            ("bad", ["cart_session=bad"], nil),
            (nil, ["a=b; cart_session=\(one); c=d"], one),
            (nil, ["a=b", "cart_session=\(one)"], one),
            (nil, ["cart_session=bad; cart_session=\(two)"], two),
            (nil, ["cart_session=\(one); cart_session=\(two)"], one),
            (nil, ["my_cart_session=\(one)"], nil),
            (nil, ["cart_session"], nil),
            (nil, ["Cart_Session=\(one)"], nil),
        ] as [(String?, [String], String?)])
    func `the header's key counts, else the cookie's, and what is no key is passed over`(
        header: String?, cookies: [String], key: String?
    ) {
        var headers: HTTPFields = [:]
        if let header, let name = HTTPField.Name("X-Session-Key") { headers[name] = header }
        for cookie in cookies { headers.append(HTTPField(name: .cookie, value: cookie)) }
        let call = APIRequest(method: .get, path: "/api/cart/", headers: headers)
        #expect(call.sessionKey?.text == key)
        #expect(CartOwner(of: call) == key.flatMap { SessionKey($0) }.map { .guest($0) })
    }
}
