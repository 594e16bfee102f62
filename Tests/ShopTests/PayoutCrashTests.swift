import Foundation
import Primitives
import SQL
import TestSupport
import Testing

/// A shop whose process is killed while it pays vendors out, again and again.
@Suite struct PayoutCrashTests {
    /// Vendors that are owed something new before each kill.
    private static let batch: Int64 = 3_000
    private static let kills = 5
    /// A run that had ended before it could be killed is not counted, and another is tried.
    private static let attempts = 15

    @Test(.timeLimit(.minutes(8)), arguments: Backend.available)
    func `kill -9 in the middle of a payout run pays every vendor once when it is run again`(
        backend: Backend
    ) async throws {
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.makeAdmin(over: database, data: data)
            let opened = try openDatabase(beside: database)
            var (vendors, broken) = (Int64(0), 0)
            for _ in 0..<Self.attempts where broken < Self.kills {
                try await Self.fill(opened, from: vendors + 1)
                vendors += Self.batch
                let shop = try await ShopProcess(over: database, data: data)
                let admin = try await shop.admin()
                let paid = try await Self.paid(opened)
                let run = Task { try? await Self.process(admin) }
                try await poll("some payouts") { try await Self.paid(opened) > paid }
                shop.kill()
                #expect(try await shop.wait() == -SIGKILL)
                _ = await run.value
                if try await Self.paid(opened) < vendors { broken += 1 }
            }
            #expect(broken > 0, "no run was broken off")
            let shop = try await ShopProcess(over: database, data: data)
            let admin = try await shop.admin()
            let rest = try await Self.process(admin)
            #expect([200, 201].contains(rest.status), "\(rest.status)")
            #expect(try await Self.process(admin)["payouts"]?.elements.isEmpty == true)
            let sums = try await opened.read { connection in
                try connection.tuples(
                    """
                    SELECT vendor_id, COUNT(*), CAST(SUM(amount) AS SIGNED) FROM vendor_payouts GROUP BY vendor_id
                    ORDER BY vendor_id
                    """, as: (Int64, Int, Int64).self)
            }
            #expect(sums.map(\.0) == Array(1...vendors))
            #expect(sums.allSatisfy { $0.1 == 1 && $0.2 == 100 + $0.0 })
            await opened.close()
            #expect(try await shop.terminate() == 0)
            let said = try await ShopProcess.run(["verify", "payouts"], over: database, data: data)
            #expect(said == "Vendors' accounts add up.\n")
        }
    }

    private static func process(_ admin: HTTPProbe) async throws -> ProbeResponse {
        try await admin.send(
            "POST", "/api/admin/vendors/payouts/process/",
            json: ["period_start": "2020-01-01", "period_end": "2020-12-31"])
    }

    private static func paid(_ database: any Database) async throws -> Int64 {
        try await database.read { try $0.value("SELECT COUNT(*) FROM vendor_payouts") ?? 0 }
    }

    /// Owes each vendor of a batch an amount of its own, by an adjustment of long ago.
    private static func fill(_ database: any Database, from first: Int64) async throws {
        for start in stride(from: first, to: first + batch, by: 500) {
            let ids = start..<min(start + 500, first + batch)
            try await database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                    VALUES \(rows: ids.map { [SQLValue].row($0, "V", "v-\($0)", "approved", 0, 0) })
                    """)
                try tx.execute(
                    "INSERT INTO vendor_accounts (vendor_id, balance) VALUES \(rows: ids.map { [SQLValue].row($0, 100 + $0) })"
                )
                try tx.execute(
                    """
                    INSERT INTO vendor_ledger_entries (vendor_id, entry_type, amount, currency, available_at, created_at)
                    VALUES \(rows: ids.map { [SQLValue].row($0, "adjustment", 100 + $0, "USD", 0, 0) })
                    """)
                let last = try tx.value("SELECT COALESCE(MAX(id), 0) FROM ledger_transactions", as: Int64.self) ?? 0
                let booked = last - start + 1
                try tx.execute(
                    """
                    INSERT INTO ledger_transactions (id, kind, created_at)
                    VALUES \(rows: ids.map { [SQLValue].row(booked + $0, "vendor_adjustment", 0) })
                    """)
                for (account, debit, credit) in [("vendor_adjustments", 1, 0), ("payable:", 0, 1)]
                    as [(String, Int64, Int64)]
                {
                    let rows = ids.map { id in
                        [SQLValue].row(
                            booked + id, credit == 1 ? account + "\(id)" : account, debit * (100 + id),
                            credit * (100 + id),
                            "USD", 0)
                    }
                    try tx.execute(
                        """
                        INSERT INTO ledger_entries (transaction_id, account, debit, credit, currency, created_at)
                        VALUES \(rows: rows)
                        """)
                }
            }
        }
    }
}
