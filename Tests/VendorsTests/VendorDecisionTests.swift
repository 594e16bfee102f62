import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Vendors

/// What staff decide, and what vendors show them.
@Suite struct VendorDecisionTests {
    private static let bodies = [
        "approve": #"{"commission_rate": "0.12"}"#, "reject": #"{"reason": "No"}"#, "suspend": #"{"reason": "No"}"#,
        "reinstate": "{}",
    ]

    /// The status after each decision; nil where it is refused.
    private static let table: [VendorStatus: [String: VendorStatus]] = [
        .pending: ["approve": .approved, "reject": .rejected], .approved: ["suspend": .suspended],
        .rejected: ["approve": .approved], .suspended: ["reinstate": .approved],
    ]

    @Test(arguments: Backend.available)
    func `each decision follows on some statuses, and is a conflict on the others`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            for status in VendorStatus.allCases {
                for (decision, body) in Self.bodies {
                    let made = try await shop.call(
                        .post, "/api/admin/vendors/", #"{"name": "A", "status": "\#(status.rawValue)"}"#,
                        by: VendorHarness.staff)
                    let answer = try await shop.call(
                        .put, "/api/admin/vendors/\(made.id)/\(decision)/", body, by: VendorHarness.staff)
                    let expected = Self.table[status]?[decision]
                    #expect(answer.status == (expected == nil ? 409 : 200), "\(status) \(decision): \(answer.json)")
                    if let expected {
                        #expect(answer.text("status") == expected.rawValue)
                    } else {
                        #expect(answer.text("code") == "invalid_transition" && answer.text("status") == status.rawValue)
                    }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a vendor is told what was decided, and gets the role`(_ backend: Backend) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2, isApproved: false)
            let path = "/api/admin/vendors/\(id)/"
            for name in ["reject", "approve", "suspend", "reinstate"] {
                let answer = try await shop.call(
                    .put, path + name + "/", Self.bodies[name], by: VendorHarness.staff)
                #expect(answer.status == 200, "\(name): \(answer.json)")
                #expect(answer.text("status_reason") == (["reject", "suspend"].contains(name) ? "No" : ""))
            }
            #expect(
                try await shop.mails() == [
                    "vendor_registered", "vendor_rejected", "vendor_approved", "vendor_suspended", "vendor_reinstated",
                ])
            let role = try await shop.database.read {
                try $0.value("SELECT role FROM users WHERE id = 2", as: String.self)
            }
            #expect(role == "vendor")
            let detail = try await shop.call(.get, path, by: VendorHarness.staff)
            #expect(detail.text("commission_rate") == "0.12" && detail["approved_at"] != .null)
            #expect(detail["total_products"]?.integer == 7 && detail.text("name") == "Hats")
            let stale = try await shop.call(
                .put, path + "suspend/", Self.bodies["suspend"], by: VendorHarness.staff, ifMatch: "\"1\"")
            #expect(stale.status == 412)
            for (name, body, field) in [
                ("approve", #"{"commission_rate": "1.2"}"#, "commission_rate"), ("suspend", "{}", "reason"),
                ("reject", #"{"reason": ""}"#, "reason"),
            ] {
                let bad = try await shop.call(.put, path + name + "/", body, by: VendorHarness.staff)
                #expect(bad.status == 400 && bad[field] != nil, "\(name): \(bad.json)")
            }
            #expect(
                try await shop.call(.put, "/api/admin/vendors/999/approve/", "{}", by: VendorHarness.staff).status
                    == 404)
        }
    }

    private static let pdf = Array("%PDF-1.4\nno more\n%%EOF\n".utf8)

    private static func hand(
        _ shop: VendorHarness, _ bytes: [UInt8], as type: String = "id_proof", by user: Int64 = 2
    ) async throws -> EndpointAnswer {
        try await shop.upload(
            "/api/vendors/documents/", bytes, as: "document", fields: ["document_type": type],
            by: VendorHarness.identity(user))
    }

    @Test(arguments: Backend.available)
    func `papers are PDFs or pictures by content, seen by their owner and by staff alone`(
        _ backend: Backend
    ) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            try await shop.vendor(of: 3, named: "Caps")
            for bytes in [
                Array("<html>".utf8), Array("%PDF-1.4 without an end".utf8), [0x47, 0x49, 0x46],
                Array("x%PDF-1.4\n%%EOF".utf8),
            ] {
                let bad = try await Self.hand(shop, bytes)
                #expect(bad.status == 400 && bad["document"] != nil, "\(bad.json)")
            }
            let wrong = try await Self.hand(shop, Self.pdf, as: "passport")
            #expect(wrong.status == 400 && wrong["document_type"] != nil)
            let paper = try await Self.hand(shop, Self.pdf)
            #expect(
                paper.status == 201 && paper.text("status") == "pending" && paper.text("file_name") == "my paper.pdf")
            let picture = try await Self.hand(shop, MediaFixtures.jpeg, as: "address_proof")
            #expect(picture.status == 201, "\(picture.json)")
            #expect(!"\(paper.json)\(picture.json)".contains("/media/"), "there is no public address")
            let (own, desk) = ("/api/vendors/documents/", "/api/admin/vendors/\(id)/documents/")
            for (path, caller) in [(own, VendorHarness.identity(2)), (desk, VendorHarness.staff)] {
                let file = try await shop.call(.get, path + "\(paper.id)/file/", by: caller)
                #expect(file.status == 200 && file.bytes == Self.pdf && file.headers[.contentType] == "application/pdf")
                #expect(file.headers[.contentDisposition] == "attachment; filename=\"id_proof-\(paper.id).pdf\"")
                #expect(file.headers[.cacheControl] == "private, no-store")
                let image = try await shop.call(.get, path + "\(picture.id)/file/", by: caller)
                #expect(image.headers[.contentType] == "image/webp" && image.bytes.starts(with: "RIFF".utf8))
                #expect(try await shop.call(.get, path, by: caller)["count"]?.integer == 2)
            }
            let other = VendorHarness.identity(3)
            #expect(try await shop.call(.get, own + "\(paper.id)/file/", by: other).status == 404)
            #expect(try await shop.call(.get, own, by: other)["count"]?.integer == 0)
            #expect(try await shop.call(.get, desk + "\(paper.id)/file/", by: other).status == 403)
            let foreign = "/api/admin/vendors/\(id + 1)/documents/\(paper.id)/"
            #expect(try await shop.call(.put, foreign + "verify/", "{}", by: VendorHarness.staff).status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `a vendor is verified by the papers of its form, until it is another business`(
        _ backend: Backend
    ) async throws {
        try await VendorHarness.with(backend) { shop in
            let id = try await shop.vendor(of: 2)
            let owner = VendorHarness.identity(2)
            let isVerified = { try await shop.call(.get, "/api/vendors/\(id)/", by: nil)["is_verified"] == .bool(true) }
            let decide = { (paper: Int64, verb: String, body: String) in
                try await shop.call(
                    .put, "/api/admin/vendors/\(id)/documents/\(paper)/\(verb)/", body, by: VendorHarness.staff)
            }
            let first = try await Self.hand(shop, Self.pdf).id
            let second = try await Self.hand(shop, Self.pdf, as: "address_proof").id
            #expect(try await decide(first, "verify", "{}")["verified_at"] != .null)
            #expect(try await !isVerified(), "one paper is missing")
            #expect(try await decide(second, "verify", "{}").status == 200)
            #expect(try await isVerified())
            let no = try await decide(second, "reject", #"{"rejection_reason": "Too old"}"#)
            #expect(no.text("rejection_reason") == "Too old" && no["verified_at"] == .null)
            #expect(try await !isVerified())
            #expect(try await decide(second, "reject", "{}").status == 400)
            _ = try await decide(second, "verify", "{}")
            _ = try await shop.call(.patch, "/api/vendors/profile/", #"{"description": "x"}"#, by: owner)
            #expect(try await isVerified())
            _ = try await shop.call(.patch, "/api/vendors/profile/", #"{"tax_id": "T2"}"#, by: owner)
            #expect(try await !isVerified(), "nobody has seen papers with this number")
            let stale = try await shop.call(
                .put, "/api/admin/vendors/\(id)/documents/\(second)/verify/", "{}", by: VendorHarness.staff,
                ifMatch: "\"1\"")
            #expect(stale.status == 412, "the vendor is another one by now")
            let mails = try await shop.mails()
            #expect(mails.filter { $0 == "vendor_document_verified" }.count == 3)
            #expect(mails.filter { $0 == "vendor_document_rejected" }.count == 1)
            let payloads = try await shop.database.read {
                try $0.column("SELECT payload FROM jobs WHERE kind = 'mail.send'", as: String.self)
            }
            let contexts = try payloads.compactMap { try JSONValue(parsing: Array($0.utf8))["context"] }
            for (code, words, count) in [
                ("id_proof", "proof of identity", 1), ("address_proof", "proof of address", 3),
            ] {
                let told = contexts.filter { $0["document"]?.text == words && $0[code]?.text == words }
                #expect(told.count == count, "\(code)")
            }
        }
    }

    @Test(arguments: [
        #"{"business_name": "Caps"}"#, #"{"tax_id": "T2"}"#, #"{"registration_number": "R2"}"#,
        #"{"business_type": "company"}"#,
    ])
    func `papers of another business count again only once staff have seen them again`(
        _ change: String
    ) async throws {
        try await VendorHarness.with(.sqlite) { shop in
            let id = try await shop.vendor(of: 2)
            let (owner, desk) = (VendorHarness.identity(2), "/api/admin/vendors/\(id)/documents/")
            let isVerified = { try await shop.call(.get, "/api/vendors/\(id)/", by: nil)["is_verified"] == .bool(true) }
            let states = {
                try await shop.call(.get, "/api/vendors/documents/", by: owner).results.map { $0["status"]?.text }
            }
            let decide = { (paper: Int64, verb: String, body: String) in
                let answer = try await shop.call(.put, desk + "\(paper)/\(verb)/", body, by: VendorHarness.staff)
                #expect(answer.status == 200, "\(verb): \(answer.json)")
            }
            var papers: [Int64] = []
            for type in ["id_proof", "address_proof", "business_license", "id_proof"] {
                papers.append(try await Self.hand(shop, Self.pdf, as: type).id)
            }
            for paper in papers.prefix(3) { try await decide(paper, "verify", "{}") }
            #expect(try await isVerified())
            #expect(try await shop.call(.patch, "/api/vendors/profile/", change, by: owner).status == 200)
            #expect(try await !isVerified())
            #expect(try await states() == ["pending", "pending", "pending", "pending"])
            let reject = #"{"rejection_reason": "No"}"#
            try await decide(papers[3], "reject", reject)
            #expect(try await !isVerified(), "a rejection verifies nobody")
            try await decide(papers[0], "verify", "{}")
            #expect(try await !isVerified(), "the others belong to the former business")
            try await decide(papers[1], "verify", "{}")
            try await decide(papers[2], "verify", "{}")
            #expect(try await isVerified())
        }
    }

    @Test func `a rejection verifies nobody, even where all papers are there`() async throws {
        try await VendorHarness.with(.sqlite) { shop in
            let id = try await shop.vendor(of: 2)
            var papers: [Int64] = []
            for type in ["id_proof", "address_proof", "id_proof"] {
                papers.append(try await Self.hand(shop, Self.pdf, as: type).id)
            }
            let (verified, accepted) = (VendorDocumentStatus.verified, Array(papers.prefix(2)))
            _ = try await shop.database.write { tx in
                try tx.execute("UPDATE vendor_documents SET status = \(verified) WHERE id IN (\(list: accepted))")
            }
            let no = try await shop.call(
                .put, "/api/admin/vendors/\(id)/documents/\(papers[2])/reject/", #"{"rejection_reason": "No"}"#,
                by: VendorHarness.staff)
            #expect(no.status == 200, "\(no.json)")
            #expect(try await shop.call(.get, "/api/vendors/\(id)/", by: nil)["is_verified"] == .bool(false))
        }
    }

    @Test func `a vendor has few papers`() async throws {
        try await VendorHarness.with(.sqlite) { shop in
            try await shop.vendor(of: 2)
            for _ in 0..<VendorPapers.limit { #expect(try await Self.hand(shop, Self.pdf).status == 201) }
            let more = try await Self.hand(shop, Self.pdf)
            #expect(more.status == 400 && more["non_field_errors"] != nil)
        }
    }
}
