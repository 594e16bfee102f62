import Outbound
import Testing

@Suite struct OutboundAddressTests {
    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",
        "198.18.0.1", "198.19.255.255", "192.0.2.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1",
        "fd00::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
        "2001:db8::1",
        "2001::1", "::10.0.0.1",
    ])
    func `an address that the internet does not route is not public`(_ text: String) throws {
        #expect(try #require(PeerAddress(text)).isPublic == false)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "198.20.0.1", "192.0.1.1", "223.255.255.255",
        "2606:4700:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
    ])
    func `other addresses are public`(_ text: String) throws {
        #expect(try #require(PeerAddress(text)).isPublic)
    }

    @Test(arguments: ["", "localhost", "1.2.3", "0x7f.1", "1.2.3.4.5", "12345::1", "1.2.3.4 "])
    func `what is no address is not read as one`(_ text: String) {
        #expect(PeerAddress(text) == nil)
    }
}
