import Outbound
import Testing

/// Networks that may be called, and addresses in every spelling.
@Suite struct OutboundNetworkTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.0/8", "::ffff:10.0.0.1", true),
        ("10.0.0.0/8", "::10.0.0.1", false), ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false), ("fd00::/8", "fdff::1", true),
        ("fd00::/8", "fe00::1", false), ("::1", "::1", true), ("10.0.0.128/25", "10.0.0.129", true),
        ("10.0.0.128/25", "10.0.0.127", false),
    ])
    func `a network holds its addresses`(_ network: String, _ address: String, _ holds: Bool) throws {
        #expect(try #require(PeerNetwork(network)).contains(#require(PeerAddress(address))) == holds)
    }

    @Test(arguments: [
        "", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "example.com", "a/8",
    ])
    func `what is no network is none`(_ text: String) {
        #expect(PeerNetwork(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("017700000001", "127.0.0.1"),
        ("2130706433", "127.0.0.1"), ("::1", "::1"), ("0", "0.0.0.0"), ("1.2.3", "1.2.0.3"),
    ])
    func `an address is read as the resolver reads it`(_ spelled: String, _ address: String) throws {
        #expect(PeerAddress(anySpelling: spelled) == PeerAddress(address))
    }

    @Test(arguments: ["", "example.com", "127.0.0.1.", "1.2.3.4.5", "256.1.1.1", "localhost", "a\u{0}b"])
    func `a name is no address`(_ text: String) {
        #expect(PeerAddress(anySpelling: text) == nil)
    }
}
