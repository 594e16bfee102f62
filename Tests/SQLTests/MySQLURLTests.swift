import MySQLDriver
import Testing

@Suite struct MySQLURLTests {
    @Test func `every part of an address is read and decoded`() throws {
        let read = try MySQLConfiguration(
            url: "mysql://sho%70:p%40ss%3Aw%2Fo%25rd%C3%A9@db.example:3307/kon%74or?pool=4")
        var expected = MySQLConfiguration(
            host: "db.example", port: 3_307, user: "shop", password: "p@ss:w/o%rdé", database: "kontor")
        expected.poolSize = 4
        #expect(read == expected)
    }

    @Test func `what is left out keeps its default`() throws {
        #expect(try MySQLConfiguration(url: "mariadb://") == MySQLConfiguration())
        #expect(try MySQLConfiguration(url: "mysql://root@127.0.0.1:3306") == MySQLConfiguration())
        #expect(try MySQLConfiguration(url: "mysql://root@127.0.0.1:3306/").database == nil)
    }

    @Test func `a password may hold an at sign and a host may be an IPv6 address`() throws {
        let read = try MySQLConfiguration(url: "mysql://me:a@b@[::1]:4000/shop")
        #expect(read == MySQLConfiguration(host: "::1", port: 4_000, user: "me", password: "a@b", database: "shop"))
    }

    @Test func `options say how to encrypt and which socket to take`() throws {
        #expect(try MySQLConfiguration(url: "mysql://h/d?tls=required").tls == .required)
        #expect(try MySQLConfiguration(url: "mysql://h/d?tls=verified").tls == .verified(authority: nil))
        for options in ["ca=%2Fetc%2Fca.pem", "tls=verified&ca=/etc/ca.pem", "ca=/etc/ca.pem&tls=verified"] {
            #expect(try MySQLConfiguration(url: "mysql://h/d?\(options)").tls == .verified(authority: "/etc/ca.pem"))
        }
        #expect(try MySQLConfiguration(url: "mysql://h/d?socket=/run/my.sock").socket == "/run/my.sock")
    }

    @Test(arguments: [
        ("postgres://h/d", MySQLURLError.scheme), ("mysql://u:%zz@h/d", .encoding), ("mysql://u:%ff@h/d", .encoding),
        ("mysql://h:0/d", .address), ("mysql://h:99999/d", .address), ("mysql://h:x/d", .address),
        ("mysql://[::1/d", .address), ("mysql://h/a/b", .path), ("mysql://h/d?tls=maybe", .option("tls")),
        ("mysql://h/d?pool=0", .option("pool")), ("mysql://h/d?colour=red", .option("colour")),
    ])
    func `an address that cannot be read says why`(url: String, error: MySQLURLError) {
        #expect(throws: error) { try MySQLConfiguration(url: url) }
    }

    @Test func `the description of a configuration holds no password`() throws {
        let configuration = try MySQLConfiguration(url: "mysql://me:secret@host:3307/shop")
        #expect("\(configuration)" == "mysql://me@host:3307/shop")
        #expect(String(reflecting: configuration) == "mysql://me@host:3307/shop")
    }
}
