import FoundationEssentials
import Glibc
import Primitives
import TestSupport
import Testing

@testable import Accounts

@Suite struct AccountsGeoTests {
    @Test func `an address is where the database says`() async throws {
        let places = [
            ("81.2.69.0", Place(city: "London", country: "GB")),
            ("81.2.69.255", Place(city: "London", country: "GB")),
            ("::ffff:81.2.69.160", Place(city: "London", country: "GB")),
            ("::FFFF:5102:45A0", Place(city: "London", country: "GB")),
            ("2001:db8::1", Place(city: "Köln", country: "DE")),
            ("2001:0DB8:ffff:ffff:ffff:ffff:ffff:ffff", Place(city: "Köln", country: "DE")),
            ("89.160.20.112", Place(city: "", country: "SE")),
            ("203.0.113.7", Place(city: "", country: "FR")),
            ("198.51.100.1", Place(city: "Wien", country: "AT")),
        ]
        try await GeoFixture.withDatabase { database in
            for (address, place) in places { #expect(database.place(of: address) == place, "\(address)") }
        }
    }

    @Test func `an address that is not in the database, or no address, is nowhere`() async throws {
        let texts = [
            "127.0.0.1", "81.2.70.0", "2001:db9::1", "::1", "::ffff:127.0.0.1", "", " ", "not an address",
            String(repeating: "1", count: 300), String(repeating: "81.2.69.160 ", count: 25), "1.2.3.4.5", "81.2.69",
            "1359103392", "0x51.2.69.160", " 81.2.69.160", "81.2.69.160:443", "[2001:db8::1]", "2001:db8::1%eth0",
            "81.2.69.160\0", "81.2.69.160\0.example", "\0", "８１.2.69.160",
        ]
        try await GeoFixture.withDatabase { database in
            for text in texts { #expect(database.place(of: text) == .unknown, "\(text.debugDescription)") }
        }
    }

    @Test func `a long name is cut, and what is no name or code is left out`() async throws {
        try await GeoFixture.withDatabase { database in
            let long = database.place(of: "192.0.2.1")
            #expect(long == Place(city: String(repeating: "𝔎", count: 100), country: ""))
            #expect(database.place(of: "192.0.2.129") == .unknown)
        }
    }

    @Test func `a database of IPv4 alone knows mapped addresses and no others of IPv6`() async throws {
        try await GeoFixture.withDatabase(version: 4) { database in
            #expect(database.place(of: "81.2.69.160") == Place(city: "London", country: "GB"))
            #expect(database.place(of: "::ffff:81.2.69.160") == Place(city: "London", country: "GB"))
            #expect(database.place(of: "2001:db8::1") == .unknown)
        }
    }

    @Test func `a file that is missing or no database is refused by its path`() async throws {
        try await GeoFixture.withFile { file in
            let database = try Data(contentsOf: URL(filePath: file))
            let folder = URL(filePath: file).deletingLastPathComponent()
            let contents: [(String, Data?)] = [
                ("missing.mmdb", nil), ("empty.mmdb", Data()), ("garbage.mmdb", Data(repeating: 0xA5, count: 100_000)),
                // What tells a database is at its end, which a download that broke off does not have.
                ("broken-off.mmdb", database.prefix(database.count / 2)),
            ]
            for (name, bytes) in contents {
                let path = folder.appending(path: name).path
                try bytes?.write(to: URL(filePath: path))
                let error = try #require(throws: GeoDatabaseError.self) { try GeoDatabase(path: path) }
                #expect(error.path == path)
                #expect(error.description.hasPrefix(path + ": ") && !error.detail.isEmpty)
            }
            let error = try #require(throws: GeoDatabaseError.self) { try GeoDatabase(path: folder.path) }
            #expect(error.path == folder.path)
        }
    }

    @Test func `many tasks look up at once`() async throws {
        let wanted = [
            ("81.2.69.160", Place(city: "London", country: "GB")), ("2001:db8::1", Place(city: "Köln", country: "DE")),
            ("89.160.20.112", Place(city: "", country: "SE")), ("127.0.0.1", .unknown), ("1.2.3.4.5", .unknown),
        ]
        try await GeoFixture.withDatabase { database in
            let right = await withTaskGroup(of: Int.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        (0..<1_000).count { round in
                            let (address, place) = wanted[(task + round) % wanted.count]
                            return database.place(of: address) == place
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(right == 8_000)
        }
    }
}

/// A small database, written by Python's `mmdb_writer`.
private enum GeoFixture {
    private static let threads = WorkThreads(count: 2, limit: 100)

    private static let script = """
        import sys
        from mmdb_writer import MMDBWriter
        from netaddr import IPSet

        version = int(sys.argv[2])
        writer = MMDBWriter(ip_version=version, ipv4_compatible=version == 6, database_type="GeoLite2-City")

        def add(network, **record):
            if version == 6 or ":" not in network:
                writer.insert_network(IPSet([network]), record)

        def city(name):
            return {"names": {"de": "?", "en": name}}

        add("81.2.69.0/24", country={"iso_code": "GB"}, registered_country={"iso_code": "US"}, city=city("London"))
        add("2001:db8::/32", country={"iso_code": "DE"}, city=city("Köln"))
        add("89.160.20.0/24", country={"iso_code": "SE"})
        add("203.0.113.0/24", registered_country={"iso_code": "FR"})
        add("198.51.100.0/24", country={"names": {"en": "?"}}, registered_country={"iso_code": "AT"}, city=city("Wien"))
        add("192.0.2.0/25", country={"iso_code": "AUT"}, city=city("\\U0001D50E" * 150))
        add("192.0.2.128/25", country={"iso_code": 40}, city="Wien")
        writer.to_db_file(sys.argv[1])
        """

    /// Runs `body` with the file's path.
    static func withFile<Value>(version: Int = 6, _ body: (String) async throws -> Value) async throws -> Value {
        try await withTemporaryFolder { folder in
            let file = folder + "/places.mmdb"
            let python = getenv("KONTOR_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
            let code = try await threads.run {
                try ChildProcess([python, "-c", script, file, "\(version)"]).wait()
            }
            try #require(code == 0)
            return try await body(file)
        }
    }

    static func withDatabase<Value>(
        version: Int = 6, _ body: (GeoDatabase) async throws -> Value
    ) async throws -> Value {
        try await withFile(version: version) { try await body(GeoDatabase(path: $0)) }
    }
}
