import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Vendors

/// What is left of the vendor of a user who is erased.
@Suite struct VendorErasureTests {
    private static let account = """
        {"account_holder": "Ada Example", "bank_name": "Bank", "iban": "DE89 3704 0044 0532 0130 00"}
        """

    /// Makes a vendor of user 2 with this profile and a paper, and returns it.
    private static func vendor(_ shop: VendorHarness, _ profile: String) async throws -> Int64 {
        let id = try await shop.vendor(of: 2)
        let owner = VendorHarness.identity(2)
        let set = try await shop.call(.patch, "/api/vendors/profile/", #"{"profile": \#(profile)}"#, by: owner)
        try #require(set.status == 200, "\(set.json)")
        let paper = try await shop.upload(
            "/api/vendors/documents/", Array("%PDF-1.4\nno more\n%%EOF\n".utf8), as: "document",
            fields: ["document_type": "id_proof"], by: owner)
        try #require(paper.status == 201, "\(paper.json)")
        return id
    }

    private static func erase(_ shop: VendorHarness) async throws {
        let vendors = shop.vendors
        try await shop.database.write { tx in try vendors.close(of: UserID(2), in: tx) }
    }

    /// Deletes what may go of closed vendors, and returns of how many it went.
    private static func release(_ shop: VendorHarness) async throws -> Int {
        let vendors = shop.vendors
        return try await shop.database.write { tx in try vendors.releasePayees(limit: 10, in: tx) }
    }

    private static func rows(_ shop: VendorHarness) async throws -> [Int] {
        try await shop.database.read { connection in
            try ["vendor_profiles", "vendor_documents", "erasure_vendors"].map { (table: StaticString) in
                try connection.value("SELECT COUNT(*) FROM \(Query(table))", as: Int.self) ?? -1
            }
        }
    }

    @Test(arguments: Backend.available)
    func `where nothing is owed, all but the row without a name goes at once`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await Self.vendor(shop, #"{"bank_account": \#(Self.account)}"#)
            try await Self.erase(shop)
            #expect(try await Self.rows(shop) == [0, 0, 0])
            #expect(try await shop.payoutTarget(of: id) == nil)
            #expect(try await Self.release(shop) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `the bank account stays sealed until nothing is owed, and the rest goes at once`(
        _ backend: Backend
    ) async throws {
        try await VendorHarness.with(backend) { shop in
            let profile =
                #"{"city": "Qxport", "email": "qxada@shops.example", "website": "https://qx.example/", "bank_account": \#(Self.account)}"#
            let id = try await Self.vendor(shop, profile)
            shop.owed.owe(id)
            try await Self.erase(shop)
            #expect(try await Self.rows(shop) == [1, 0, 1])
            let target = try await shop.payoutTarget(of: id)
            #expect(target?.account?.iban == "DE89370400440532013000" && target?.method == .bankTransfer)
            #expect(target?.email == "", "no money goes there")
            for word in ["qxport", "qxada@shops", "qx.example", "ada example", "0532013000"] {
                let found = try await shop.database.read { try TextScan.findings(of: word, $0) }
                    .filter { $0.table.hasPrefix("vendor") }
                #expect(found.isEmpty, "\(word): \(found)")
            }
            #expect(try await Self.release(shop) == 0)
            #expect(try await Self.rows(shop) == [1, 0, 1])
            shop.owed.settle(id)
            #expect(try await Self.release(shop) == 1)
            #expect(try await Self.rows(shop) == [0, 0, 0])
            #expect(try await Self.release(shop) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `the address that PayPal pays to is sealed until nothing is owed`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await Self.vendor(shop, #"{"email": "qxada@shops.example", "payout_method": "paypal"}"#)
            shop.owed.owe(id)
            try await Self.erase(shop)
            let target = try await shop.payoutTarget(of: id)
            #expect(target?.method == .paypal && target?.email == "qxada@shops.example")
            let found = try await shop.database.read { try TextScan.findings(of: "qxada", $0) }
                .filter { $0.table.hasPrefix("vendor") }
            #expect(found.isEmpty, "\(found)")
            shop.owed.settle(id)
            #expect(try await Self.release(shop) == 1)
            #expect(try await shop.payoutTarget(of: id) == nil)
        }
    }

    @Test func `a vendor whose owner is gone is not brought back, and stays closed`() async throws {
        try await VendorHarness.with(.sqlite) { shop in
            let id = try await shop.vendor(of: 2)
            let vendors = shop.vendors
            try await shop.database.write { tx in try vendors.close(of: UserID(2), in: tx) }
            for verb in ["reinstate", "approve", "reject"] {
                let answer = try await shop.call(
                    .put, "/api/admin/vendors/\(id)/\(verb)/", #"{"reason": "x"}"#, by: VendorHarness.staff)
                #expect(answer.status == 409, "\(verb): \(answer.json)")
            }
            let shown = try await shop.call(.get, "/api/admin/vendors/\(id)/", by: VendorHarness.staff)
            #expect(shown.text("status") == "suspended" && shown.text("name") == "Closed vendor")
        }
    }

    @Test func `those who are still owed hold nobody else up`() async throws {
        try await VendorHarness.with(.sqlite) { shop in
            var ids: [Int64] = []
            for user in Int64(2)...6 {
                ids.append(try await shop.vendor(of: user))
                shop.owed.owe(ids[ids.count - 1])
                let vendors = shop.vendors
                try await shop.database.write { tx in try vendors.close(of: UserID(user), in: tx) }
            }
            for id in ids.suffix(2) { shop.owed.settle(id) }
            let vendors = shop.vendors
            let release = { try await shop.database.write { tx in try vendors.releasePayees(limit: 1, in: tx) } }
            #expect(try await release() == 1)
            #expect(try await release() == 1)
            #expect(try await release() == 0)
            #expect(try await Self.rows(shop) == [3, 0, 3])
        }
    }
}
