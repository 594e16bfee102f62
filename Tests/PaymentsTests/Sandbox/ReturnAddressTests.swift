import Testing

@testable import Payments

/// Where payers come back to.
@Suite struct ReturnAddressTests {
    @Test(arguments: [
        ("https://shop.test", "https://shop.test/?payment=a%26b"),
        ("https://shop.test/", "https://shop.test/?payment=a%26b"),
        ("http://127.0.0.1:8000/done", "http://127.0.0.1:8000/done?payment=a%26b"),
        ("http://[::1]:8000/done", "http://[::1]:8000/done?payment=a%26b"),
        ("https://shop.test/done?", "https://shop.test/done?payment=a%26b"),
        ("https://shop.test?x=1", "https://shop.test/?x=1&payment=a%26b"),
        ("https://shop.test/done?x=1", "https://shop.test/done?x=1&payment=a%26b"),
        ("https://shop.test/done?x=1&", "https://shop.test/done?x=1&payment=a%26b"),
        ("https://shop.test/done#top", "https://shop.test/done?payment=a%26b#top"),
        ("https://shop.test#top", "https://shop.test/?payment=a%26b#top"),
        ("https://shop.test/done?x=1#a?b=2#c", "https://shop.test/done?x=1&payment=a%26b#a?b=2#c"),
        ("https://shop.test/#/orders?id=1", "https://shop.test/?payment=a%26b#/orders?id=1"),
        ("HTTPS://shop.test/done", "https://shop.test/done?payment=a%26b"),
        ("https://shop.test/caf\u{E9}?n=\u{142}", "https://shop.test/caf%C3%A9?n=%C5%82&payment=a%26b"),
        ("https://shop.test/%20?x=%23", "https://shop.test/%20?x=%23&payment=a%26b"),
    ])
    func `an address keeps its query and its fragment`(_ address: String, _ expected: String) throws {
        #expect(try #require(ReturnAddress(address)).adding("payment", "a&b") == expected)
    }

    @Test(arguments: [
        "", "/done", "shop.test/done", "javascript:alert(1)", "data:text/html,x", "ftp://shop.test/", "https://",
        "https:///done", "https://?x", "https://shop.test/a b", "https://shop.test/\r\nSet-Cookie: a=b",
        "https://shop.test/\u{7F}", "https://user:word@shop.test/", "https://shop.test\\@other.test/",
        "https://sh\u{F6}p.test/", "https://shop.test;script-src *", "https://#x",
    ])
    func `an address that is none, or not safe in a header, is refused`(_ address: String) {
        #expect(ReturnAddress(address) == nil)
    }
}
