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
            for vendor in [3, 4, 9] as [Int64] {
                try await market.vendor(vendor)
                _ = try await market.call(
                    .post, "/api/admin/vendors/\(vendor)/adjustments/", #"{"amount": "12.34", "reason": "x"}"#)
            }
            #expect(try await market.process().status == 201)
            let csv = try await market.call(.get, "/api/admin/payouts/export/")
            let lines = String(decoding: csv.bytes, as: UTF8.self).split(
                separator: "\r\n", omittingEmptySubsequences: true)
            #expect(lines.count == 4 && csv.headers[.contentType]?.hasPrefix("text/csv") == true, "\(lines)")
            let file = try await market.call(.get, "/api/admin/payouts/export/?format=pain.001")
            try #require(file.status == 200, "\(file.json)")
            let again = try await market.call(.get, "/api/admin/payouts/export/?format=pain.001")
            #expect(file.bytes == again.bytes)
            let sent = try await bank(file.bytes).filter { $0.xml.contains("KONTOR-") }
            let report = try #require(sent.first { $0.type.hasPrefix("pain.002") })
            let answer = try await reconcile(market, report.xml)
            #expect(answer.status == 200 && answer.text("file_type") == "pain.002", "\(answer.json)")
            let statuses = answer["payouts"]?.array?.map { $0["status"]?.text }
            #expect(statuses == ["processing", "failed"])
            #expect(answer["payouts"]?[1]?["failure_reason"]?.text?.hasPrefix("AC04") == true)
            #expect(try await market.balance(4) == [1_234, 1_234])
            let statement = try #require(sent.first { $0.type.hasPrefix("camt.053") })
            let booked = try await reconcile(market, statement.xml)
            #expect(booked["payouts"]?.array?.map { $0["status"]?.text } == ["completed"], "\(booked.json)")
            #expect(booked["payouts"]?[0]?["transaction_reference"]?.text == "MB-PMT-1")
            let twice = try await reconcile(market, statement.xml)
            #expect(twice["payouts"]?.array?.isEmpty == true && twice["unmatched"]?.array?.isEmpty == true)
        }
    }

    private func bank(_ payment: [UInt8]) async throws -> [Sent] {
        try await withTemporaryFolder { folder in
            let path = folder + "/payment.xml"
            try Data(payment).write(to: URL(filePath: path))
            let printed = try await TestPython.output(ofPeer: "bank_peer.py", path)
            return try JSONDecoder().decode([Sent].self, from: Data(printed))
        }
    }

    private func reconcile(_ market: MarketField, _ xml: String) async throws -> MarketField.Answer {
        let body = """
            --x\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n\(xml)\r\n--x--\r\n
            """
        return try await market.call(
            .post, "/api/admin/payouts/reconcile/", Array(body.utf8), type: "multipart/form-data; boundary=x")
    }

    @Test(arguments: [
        "", "no xml", "<Document>", "<Document/>", "<a><b></a></b>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><Document><CstmrPmtStsRpt>&x;</CstmrPmtStsRpt></Document>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><Document><BkToCstmrStmt/></Document>",
        String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
    ])
    func `a file that is no answer of a bank is refused`(_ xml: String) async throws {
        try await MarketField.with(.sqlite) { market in
            let answer = try await reconcile(market, xml)
            #expect(answer.status == 400 && answer["file"] != nil, "\(answer.json)")
        }
    }

    @Test func `an amount that is not the payout's, an unknown payout and money that came back are told apart`()
        async throws
    {
        try await MarketField.with(.sqlite) { market in
            try await market.vendor(3)
            _ = try await market.call(
                .post, "/api/admin/vendors/3/adjustments/", #"{"amount": "12.34", "reason": "x"}"#)
            _ = try await market.process()
            let id = try await market.shop.value("SELECT id FROM vendor_payouts")
            func entry(_ name: String, _ amount: String, _ side: String) -> String {
                """
                <Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="USD">\(amount)</Amt><CdtDbtInd>\(side)</CdtDbtInd>
                <Sts><Cd>BOOK</Cd></Sts><NtryDtls><TxDtls><Refs><EndToEndId>\(name)</EndToEndId></Refs></TxDtls>
                </NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
                """
            }
            for (name, amount) in [("KONTOR-\(id)", "12.35"), ("KONTOR-999", "12.34"), ("OTHER", "1.00")] {
                let answer = try await reconcile(market, entry(name, amount, "DBIT"))
                #expect(answer["unmatched"]?.array?.count == 1 && answer["payouts"]?.array?.isEmpty == true)
            }
            _ = try await reconcile(market, entry("KONTOR-\(id)", "12.34", "DBIT"))
            #expect(try await market.balance(3) == [0, 0])
            let back = try await reconcile(market, entry("KONTOR-\(id)", "12.34", "CRDT"))
            #expect(back["payouts"]?[0]?["status"]?.text == "failed", "\(back.json)")
            #expect(try await market.balance(3) == [1_234, 1_234])
        }
    }
}
