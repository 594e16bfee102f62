import AppHarness
import Commerce
import Documents
import HTTPTypes
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Vendors
import Web

@testable import Marketplace

/// Messages to the bank: each payout in one at most, and none that no bank could pay.
@Suite struct BankMessageTests {
    private static let path = "/api/admin/payouts/export/"

    private func ids(_ answer: MarketField.Answer, _ list: String, _ key: String) -> [Int64] {
        answer[list]?.array?.compactMap { $0[key]?.integer } ?? []
    }

    @Test(arguments: Backend.available)
    func `a payout is in one message, and its file is given again until the bank has answered`(
        _ backend: Backend
    ) async throws {
        try await MarketField.with(backend) { market in
            let payouts = try await market.payOut([3, 5, 13])
            let failed = try await market.call(
                .put, "/api/admin/payouts/\(payouts[2])/fail/", #"{"reason": "No account"}"#)
            #expect(failed.status == 200)
            let made = try await market.call(.post, Self.path)
            #expect(made.status == 201 && made.text("total") == "24.68", "\(made.json)")
            #expect(ids(made, "payouts", "id") == Array(payouts[..<2]))
            let file = try await market.file(of: made)
            #expect(try await market.file(of: made).bytes == file.bytes)
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(text.contains("<MsgId>\(made.text("message_id") ?? "")</MsgId>"), "\(text)")
            #expect(text.contains("<Nm>Vendor + Sohne 3</Nm>") && !text.contains("KONTOR-\(payouts[2])<"))
            let again = try await market.call(.post, Self.path)
            #expect(again.status == 200 && again["message_id"] == .null && ids(again, "payouts", "id").isEmpty)
            let shown = try await market.call(.get, "/api/admin/payouts/\(payouts[0])/")
            #expect(shown.text("bank_message_id") == made.text("message_id") && shown["exported_at"] != .null)
            _ = try await market.call(
                .put, "/api/admin/payouts/\(payouts[0])/complete/", #"{"transaction_reference": "TX"}"#)
            let late = try await market.file(of: made)
            #expect(late.status == 409 && late.text("code") == "bank_message_answered", "\(late.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `two messages that are made at once have no payout in common`(_ backend: Backend) async throws {
        try await MarketField.with(backend) { market in
            let payouts = try await market.payOut([3, 5, 13])
            async let first = market.call(.post, Self.path)
            async let second = market.call(.post, Self.path)
            let made = try await [first, second]
            #expect(made.map(\.status).sorted() == [200, 201])
            #expect(made.flatMap { ids($0, "payouts", "id") } == payouts)
        }
    }

    @Test func `the file of no message, of an unknown one and of one that has changed is refused`() async throws {
        try await MarketField.with(.sqlite) { market in
            _ = try await market.payOut([3])
            let unnamed = try await market.call(.get, Self.path + "?format=pain.001")
            #expect(unnamed.status == 400 && unnamed["message"] != nil)
            #expect(try await market.call(.get, Self.path + "?format=pain.001&message=x").status == 404)
            let made = try await market.call(.post, Self.path)
            try await market.shop.execute("UPDATE vendor_payouts SET amount = 9999")
            let changed = try await market.file(of: made)
            #expect(changed.status == 409 && changed.text("code") == "bank_message_changed", "\(changed.json)")
            try await market.shop.execute("UPDATE vendor_payouts SET amount = 1234")
            #expect(try await market.file(of: made).status == 200)
        }
    }

    @Test func `vendors whom no bank can pay and those who are suspended are left out by name`() async throws {
        try await MarketField.with(.sqlite) { market in
            let payouts = try await market.payOut([3, 5, 6, 7, 8])
            try await market.shop.execute("UPDATE vendors SET status = 'suspended' WHERE id = 5")
            let made = try await market.call(.post, Self.path)
            #expect(ids(made, "payouts", "id") == [payouts[0], payouts[4]], "\(made.json)")
            #expect(ids(made, "left_out", "payout_id") == Array(payouts[1...3]))
            let reasons = made["left_out"]?.array?.compactMap { $0["reason"]?.text } ?? []
            let expected: [TransferProblem] = [.suspended, .noBank, .longNumber]
            #expect(reasons == expected.map(\.rawValue))
            let text = String(decoding: try await market.file(of: made).bytes, as: UTF8.self)
            #expect(text.contains("<ClrSysMmbId><MmbId>021000021</MmbId></ClrSysMmbId>"), "\(text)")
            #expect(text.contains("<Othr><Id>12-34567890</Id></Othr>"), "\(text)")
            let table = String(decoding: try await market.call(.get, Self.path).bytes, as: UTF8.self)
            #expect(table.contains("KONTOR-\(payouts[1]),,The vendor is suspended.\r\n"), "\(table)")
            let named = try await market.call(.post, Self.path, #"{"vendor": 5}"#)
            #expect(named.status == 201 && ids(named, "payouts", "id") == [payouts[1]], "\(named.json)")
        }
    }

    struct EuroAccount: Sendable {
        var iban = ""
        var number = ""
        var problem: TransferProblem?
    }

    @Test(arguments: [
        EuroAccount(iban: "DE89370400440532013000"), EuroAccount(iban: "DE89370400440532013001", problem: .wrongIBAN),
        EuroAccount(number: "123", problem: .noIBAN), EuroAccount(problem: .noAccount),
    ])
    func `in EUR an account is an IBAN`(_ given: EuroAccount) throws {
        var payout = Payout()
        payout.currency = "EUR"
        let account = BankAccount(
            accountHolder: "", bankName: "", iban: given.iban, accountNumber: given.number, routingNumber: "021000021")
        do {
            let transfer = try CreditTransfer(payout, to: account)
            #expect(given.problem == nil && transfer.account == .iban(given.iban))
            #expect(transfer.name == "Vendor 0" && transfer.routingNumber.isEmpty)
        } catch {
            #expect(error == given.problem)
        }
    }

    @Test(arguments: [
        ("Söhne & Töchter", "Sohne + Tochter"), ("Straße_1", "Strasse-1"), ("Łódź, Ærø", "Lodz, AEro"),
        ("e\u{301}te\u{301}", "ete"), ("<b>\u{0}\n x </b>", "b x /b"), ("株式会社", ""), ("Zoë’s", "Zoe's"),
    ])
    func `texts are written in the characters that banks take`(_ text: String, _ expected: String) {
        #expect(BankText.cleaned(text, limit: 70) == expected)
        #expect(BankText.cleaned(text, limit: 3).unicodeScalars.count <= 3)
    }

    @Test func `the table shows accounts of payouts that have not arrived alone, and exports are in the audit`()
        async throws
    {
        try await MarketField.with(.sqlite) { market in
            let payouts = try await market.payOut([3, 5])
            _ = try await market.call(
                .put, "/api/admin/payouts/\(payouts[0])/complete/", #"{"transaction_reference": "TX"}"#)
            let open = try await market.call(.get, Self.path)
            #expect(String(decoding: open.bytes, as: UTF8.self).contains("GB33BUKB20201555555555"))
            let done = try await market.call(.get, Self.path + "?status=completed")
            let text = String(decoding: done.bytes, as: UTF8.self)
            #expect(text.contains("KONTOR-\(payouts[0])") && !text.contains("GB33"), "\(text)")
            let made = try await market.call(.post, Self.path)
            _ = try await market.file(of: made)
            let entries = try await market.shop.database.read {
                try $0.column(
                    "SELECT after_json FROM audit_entries WHERE path = '/api/admin/payouts/export/' ORDER BY id",
                    as: String.self)
            }
            #expect(entries.count == 4 && !entries.contains { $0.contains("GB33") }, "\(entries)")
        }
    }

    @Test func `a table of too many payouts is refused`() async throws {
        try await MarketField.with(.sqlite, audits: false) { market in
            try await market.vendor(3)
            try await market.shop.execute(
                """
                INSERT INTO vendor_payouts (vendor_id, vendor_name, amount, currency, period_start, period_end, status,
                payout_method, created_at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 20000)
                SELECT 3, 'x', 1, 'USD', date('1950-01-01', i || ' days'), '2020-01-01', 'pending', 'bank_transfer', 0
                FROM n
                """)
            let refused = try await market.call(.get, Self.path)
            #expect(refused.status == 400 && refused["non_field_errors"] != nil, "\(refused.status)")
            #expect(try await market.call(.get, Self.path + "?until=1999-12-31").status == 200)
            let made = try await market.call(.post, Self.path)
            #expect(made["payouts"]?.array?.count == PayoutService.transfersAtOnce && made["has_more"] == .bool(true))
        }
    }

    @Test func `whatever moves money asks for a fresh factor`() async throws {
        try await MarketField.with(.sqlite) { market in
            let payout = try await market.payOut([3])[0]
            let strict = try MarketField(market.field) { _, password, _ in
                guard password == "right" else { throw ValidationError("password", "This field is required.") }
            }
            let doors = [
                ("PUT", "/api/admin/payouts/\(payout)/complete/", #""transaction_reference": "TX""#),
                ("PUT", "/api/admin/payouts/\(payout)/fail/", #""reason": "x""#),
                ("POST", Self.path, #""vendor": 3"#),
            ]
            for (method, path, body) in doors {
                let method = method == "PUT" ? HTTPRequest.Method.put : .post
                let refused = try await strict.call(method, path, "{\(body)}")
                #expect(refused.status == 400 && refused["password"] != nil, "\(path)")
            }
            #expect(try await strict.reconcile("<Document><BkToCstmrStmt/></Document>").status == 400)
            #expect(try await market.status(payout) == "pending")
            for (method, path, body) in doors.reversed().dropLast() {
                let method = method == "PUT" ? HTTPRequest.Method.put : .post
                let done = try await strict.call(method, path, "{\(body), \"password\": \"right\"}")
                #expect((200...201).contains(done.status), "\(path): \(done.json)")
            }
        }
    }

    @Test func `a run is in the audit by its transactions, so that what stays of a broken one is told`() async throws {
        try await MarketField.with(.sqlite) { market in
            try await PayoutTests.fill(market, PayoutService.chunk + 1)
            let before = try await market.shop.value("SELECT COUNT(*) FROM audit_entries")
            #expect(try await market.process().status == 201)
            #expect(try await market.shop.value("SELECT COUNT(*) FROM audit_entries") == before + 2)
        }
    }

    @Test func `a statement of many lines sums them up by day`() async throws {
        try await MarketField.with(.sqlite) { market in
            try await market.vendor(3)
            let payouts = market.payouts
            try await market.shop.database.write { tx in
                for _ in 0...PayoutStatement.maxLines {
                    try payouts.adjust(
                        VendorID(3), by: Money(minorUnits: 2), reason: "x", user: MarketField.admin.userID, in: tx)
                }
            }
            let made = try await market.process()
            let id = PayoutID(made["payouts"]?[0]?["id"]?.integer ?? 0)
            let settings = try ShopSettings(SettingsValues([:]))
            let rows = try await market.shop.database.read { connection in
                let payout = try #require(try PayoutQueries.find(id, connection))
                return try PayoutStatement(payout, payouts, settings, connection).document.rows
            }
            #expect(rows.count == 1 && rows[0][1] == "501 entries" && rows[0][5] == "10.02", "\(rows)")
            #expect(try await market.call(.get, "/api/admin/payouts/\(id)/statement/").status == 200)
        }
    }
}
