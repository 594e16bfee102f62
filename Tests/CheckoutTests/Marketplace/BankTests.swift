import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Marketplace

/// What goes to the bank and what comes back, with PyPI's mock-bank at the other end.
@Suite struct BankTests {
    private struct Sent: Decodable {
        let type: String
        let xml: String

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            type = try parts.decode(String.self)
            xml = try parts.decode(String.self)
        }
    }

    @Test(arguments: Backend.available)
    func `a bank takes the file of payouts, and what it answers is read back`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            _ = try await market.payOut([3, 4, 9])
            let csv = try await market.call(.get, "/api/admin/payouts/export/")
            let lines = String(decoding: csv.bytes, as: UTF8.self).split(
                separator: "\r\n", omittingEmptySubsequences: true)
            #expect(lines.count == 4 && csv.headers[.contentType]?.hasPrefix("text/csv") == true, "\(lines)")
            let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            let method = try #require(cells[0].firstIndex(of: "payout_method"))
            let iban = try #require(cells[0].firstIndex(of: "iban"))
            #expect(cells.dropFirst().map { $0[method] } == ["bank_transfer", "bank_transfer", "manual"], "\(lines)")
            #expect(cells.dropFirst().map { $0[iban].isEmpty } == [false, false, true], "\(lines)")
            let made = try await market.call(.post, "/api/admin/payouts/export/")
            try #require(made.status == 201 && made["payouts"]?.array?.count == 2, "\(made.json)")
            let file = try await market.file(of: made)
            try #require(file.status == 200, "\(file.json)")
            #expect(try await market.file(of: made).bytes == file.bytes)
            let sent = try await bank(file.bytes).filter { $0.xml.contains("KONTOR-") }
            let report = try #require(sent.first { $0.type.hasPrefix("pain.002") })
            let answer = try await market.reconcile(report.xml)
            #expect(answer.status == 200 && answer.text("file_type") == "pain.002", "\(answer.json)")
            let statuses = answer["payouts"]?.array?.map { $0["status"]?.text }
            #expect(statuses == ["processing", "failed"])
            #expect(answer["payouts"]?[1]?["failure_reason"]?.text?.hasPrefix("AC04") == true)
            #expect(try await market.balance(4) == [1_234, 1_234])
            let statement = try #require(sent.first { $0.type.hasPrefix("camt.053") })
            let booked = try await market.reconcile(statement.xml)
            #expect(booked["payouts"]?.array?.map { $0["status"]?.text } == ["completed"], "\(booked.json)")
            #expect(booked["payouts"]?[0]?["transaction_reference"]?.text == "MB-PMT-1")
            let twice = try await market.reconcile(statement.xml)
            #expect(twice["payouts"]?.array?.isEmpty == true && twice["unmatched"]?.array?.isEmpty == true)
        }
    }

    @Test func `what a bank returns days later comes back, by the statement of that day`() async throws {
        try await MarketField.with(.sqlite) { market in
            let id = try await market.payOut([3])[0]
            let file = try await market.file(of: try await market.call(.post, "/api/admin/payouts/export/"))
            let sent = try await bank(file.bytes, "return-later")
            let statements = sent.filter { $0.type.hasPrefix("camt.053") && $0.xml.contains("KONTOR-\(id)<") }
            var statuses: [String?] = []
            for statement in statements {
                let answer = try await market.reconcile(statement.xml)
                #expect(answer["unmatched"]?.array?.isEmpty == true, "\(answer.json)")
                statuses.append(try await market.status(id))
            }
            #expect(statuses == ["completed", "failed"])
            #expect(try await market.balance(3) == [1_234, 1_234])
        }
    }

    private func bank(_ payment: [UInt8], _ behaviour: String = "accept") async throws -> [Sent] {
        try await withTemporaryFolder { folder in
            let path = folder + "/payment.xml"
            try Data(payment).write(to: URL(filePath: path))
            let printed = try await TestPython.output(ofPeer: "bank_peer.py", path, behaviour)
            return try JSONDecoder().decode([Sent].self, from: Data(printed))
        }
    }

    @Test(arguments: [
        "", "no xml", "<Document>", "<Document/>", "<a><b></a></b>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><Document><CstmrPmtStsRpt>&x;</CstmrPmtStsRpt></Document>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><Document><BkToCstmrStmt/></Document>",
        String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
    ])
    func `a file that is no answer of a bank is refused`(_ xml: String) async throws {
        try await MarketField.with(.sqlite) { market in
            let answer = try await market.reconcile(xml)
            #expect(answer.status == 400 && answer["file"] != nil, "\(answer.json)")
        }
    }
}
