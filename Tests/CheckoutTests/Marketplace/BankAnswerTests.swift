import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Marketplace

/// What follows from a bank's answer, and what does not.
@Suite struct BankAnswerTests {
    /// A statement of one entry, with what the entry and its transaction say beside their amount.
    private struct Entry {
        var name: String
        var amount = #"<Amt Ccy="USD">12.34</Amt>"#
        var side = "CRDT"
        var iban = "NL41MOCK0000000001"
        var entry = ""
        var transaction = ""

        var xml: String {
            """
            <Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>\(iban)</IBAN></Id></Acct><Ntry>\(amount)
            <CdtDbtInd>\(side)</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\(entry)<NtryDtls><TxDtls><Refs>
            <EndToEndId>\(name)</EndToEndId></Refs>\(transaction)</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt>
            </Document>
            """
        }
    }

    private static let returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    private static let code =
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>"

    /// Expects that nothing follows from an answer, and that it is told.
    private func expectPassed(
        _ market: MarketField, _ xml: String, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await market.reconcile(xml)
        #expect(answer["payouts"]?.array?.isEmpty == true, "\(answer.json)", sourceLocation: sourceLocation)
        let reasons = answer["unmatched"]?.array?.compactMap { $0["reason"]?.text }
        #expect(reasons == [reason], sourceLocation: sourceLocation)
    }

    @Test(arguments: ["RtrInf", "RvslInd", "RRTN of the entry", "RRTN of the transaction"])
    func `money that the bank says was returned comes back`(_ mark: String) async throws {
        try await MarketField.with(.sqlite) { market in
            let id = try await market.payOut([3])[0]
            var entry = Entry(name: "KONTOR-\(id)", side: "DBIT")
            let paid = try await market.reconcile(entry.xml)
            #expect(paid["payouts"]?[0]?["status"]?.text == "completed", "\(paid.json)")
            #expect(try await market.balance(3) == [0, 0])
            entry.side = "CRDT"
            switch mark {
            case "RtrInf": entry.transaction = Self.returned
            case "RvslInd": entry.entry = "<RvslInd>true</RvslInd>"
            case "RRTN of the entry": entry.entry = Self.code
            default: entry.transaction = Self.code
            }
            let back = try await market.reconcile(entry.xml)
            #expect(back["payouts"]?[0]?["status"]?.text == "failed", "\(back.json)")
            #expect(try await market.balance(3) == [1_234, 1_234])
        }
    }

    @Test func `a transfer that somebody sends under a payout's name changes nothing`() async throws {
        try await MarketField.with(.sqlite) { market in
            let id = try await market.payOut([3])[0]
            let name = "KONTOR-\(id)"
            _ = try await market.reconcile(Entry(name: name, side: "DBIT").xml)
            try await expectPassed(
                market, Entry(name: name).xml, "The bank does not say that this money was returned.")
            let cent = Entry(name: name, amount: #"<Amt Ccy="USD">0.01</Amt>"#, transaction: Self.returned)
            try await expectPassed(market, cent.xml, "The amount is not the payout's.")
            #expect(try await market.status(id) == "completed")
            #expect(try await market.balance(3) == [0, 0])
        }
    }

    @Test func `what is not of this payout, in its amount, from the shop's account is told and changes nothing`()
        async throws
    {
        try await MarketField.with(.sqlite) { market in
            let id = try await market.payOut([3])[0]
            let name = "KONTOR-\(id)"
            let (wrong, unread) = ("The amount is not the payout's.", "The bank names no amount that can be read.")
            for (amount, reason) in [
                (#"<Amt Ccy="USD">12.35</Amt>"#, wrong), (#"<Amt Ccy="EUR">12.34</Amt>"#, wrong),
                ("<Amt>12.34</Amt>", unread), (#"<Amt Ccy="USD">twelve</Amt>"#, unread), ("", unread),
            ] {
                try await expectPassed(market, Entry(name: name, amount: amount, side: "DBIT").xml, reason)
            }
            for name in ["KONTOR-999", "KONTOR-x", "OTHER"] {
                try await expectPassed(market, Entry(name: name, side: "DBIT").xml, "There is no such payout.")
            }
            for iban in ["NL84MOCK0000000003", ""] {
                try await expectPassed(
                    market, Entry(name: name, side: "DBIT", iban: iban).xml,
                    "The statement is not of the shop's own account, PAYOUT_IBAN.")
            }
            let reversed = Entry(name: name, side: "DBIT", entry: "<RvslInd>true</RvslInd>")
            try await expectPassed(
                market, reversed.xml, "The entry is neither a payment nor one that was returned.")
            #expect(try await market.status(id) == "pending")
        }
    }

    @Test func `the amount of camt.053.001.02 stands in its details`() async throws {
        try await MarketField.with(.sqlite) { market in
            let id = try await market.payOut([3])[0]
            let details = #"<AmtDtls><TxAmt><Amt Ccy="USD">12.34</Amt></TxAmt></AmtDtls>"#
            let batch = Entry(
                name: "KONTOR-\(id)", amount: #"<Amt Ccy="USD">99.00</Amt>"#, side: "DBIT", transaction: details)
            let answer = try await market.reconcile(batch.xml)
            #expect(answer["payouts"]?[0]?["status"]?.text == "completed", "\(answer.json)")
        }
    }

    private static func report(
        _ message: String, group: String = "", batch: String = "", code: String = "FF01"
    ) -> String {
        let reason = "<StsRsnInf><Rsn><Cd>\(code)</Cd></Rsn><AddtlInf>Bad file</AddtlInf></StsRsnInf>"
        let status = group.isEmpty ? "" : "<GrpSts>\(group)</GrpSts>\(reason)"
        let part = batch.isEmpty ? "" : "<PmtInfSts>\(batch)</PmtInfSts>\(reason)"
        return """
            <Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>\(message)</OrgnlMsgId>\(status)
            </OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>\(message)</OrgnlPmtInfId>\(part)
            </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
            """
    }

    @Test(arguments: ["message", "batch"])
    func `a message that the bank refuses as a whole fails all its payouts`(_ part: String) async throws {
        try await MarketField.with(.sqlite) { market in
            _ = try await market.payOut([3, 5])
            let made = try await market.call(.post, "/api/admin/payouts/export/")
            let (id, isGroup) = (made.text("message_id") ?? "", part == "message")
            let unknown = try await market.reconcile(
                Self.report("OTHER", group: isGroup ? "RJCT" : "", batch: isGroup ? "" : "RJCT"))
            #expect(unknown["payouts"]?.array?.isEmpty == true && unknown["unmatched"]?.array?.count == 1)
            #expect(unknown["unmatched"]?[0]?["message_id"]?.text == "OTHER", "\(unknown.json)")
            #expect(unknown["unmatched"]?[0]?["reason"]?.text?.hasSuffix("FF01: Bad file") == true)
            let refused = try await market.reconcile(
                Self.report(id, group: isGroup ? "RJCT" : "PART", batch: isGroup ? "" : "RJCT"))
            #expect(refused["payouts"]?.array?.map { $0["status"]?.text } == ["failed", "failed"], "\(refused.json)")
            #expect(refused["payouts"]?[0]?["failure_reason"]?.text == "FF01: Bad file")
            #expect(try await market.balance(3) == [1_234, 1_234])
        }
    }

    @Test(arguments: ["AM05", "DU01"])
    func `a message that the bank has had before goes on as the first one`(_ code: String) async throws {
        try await MarketField.with(.sqlite) { market in
            let payout = try await market.payOut([3])[0]
            let made = try await market.call(.post, "/api/admin/payouts/export/")
            let id = made.text("message_id") ?? ""
            let single = """
                <Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>\(id)</OrgnlMsgId></OrgnlGrpInfAndSts>
                <OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>KONTOR-\(payout)</OrgnlEndToEndId><TxSts>RJCT</TxSts>
                <StsRsnInf><Rsn><Cd>\(code)</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>
                </CstmrPmtStsRpt></Document>
                """
            for report in [
                Self.report(id, group: "RJCT", code: code), Self.report(id, batch: "RJCT", code: code), single,
            ] {
                let told = try await market.reconcile(report)
                #expect(told["payouts"]?.array?.isEmpty == true && told["unmatched"]?.array?.count == 1, "\(told.json)")
                #expect(try await market.balance(3) == [0, 0], "the money is on its way")
            }
        }
    }

    @Test func `a report on another message changes nothing`() async throws {
        try await MarketField.with(.sqlite) { market in
            let payout = try await market.payOut([3])[0]
            let made = try await market.call(.post, "/api/admin/payouts/export/")
            let id = made.text("message_id") ?? ""
            let report = """
                <Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>KONTOR-x</OrgnlMsgId></OrgnlGrpInfAndSts>
                <OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>KONTOR-\(payout)</OrgnlEndToEndId><TxSts>RJCT</TxSts>
                </TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
                """
            try await expectPassed(market, report, "The payout is in another message: \(id).")
        }
    }
}
