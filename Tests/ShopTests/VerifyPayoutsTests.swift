import Primitives
import SQL
import TestSupport
import Testing

/// `kontor verify payouts`.
@Suite(.timeLimit(.minutes(12)))
struct VerifyPayoutsTests {
    @Test(arguments: Backend.available)
    func `vendors' accounts add up until somebody tampers with them, and each difference is a line`(
        _ backend: Backend
    ) async throws {
        try await withDatabaseAddress(backend) { address in
            try await withTemporaryFolder { data in
                try await ShopProcess.run(["migrate"], over: address, data: data)
                #expect(try await verify(address, data) == "Vendors' accounts add up.\n")
                let database = try openDatabase(beside: address)
                try await database.write { tx in
                    for id in [3, 4] {
                        try tx.execute(
                            """
                            INSERT INTO vendors (id, name, slug, status, created_at, updated_at)
                            VALUES (\(id), 'V', \("v-\(id)"), 'approved', 0, 0)
                            """)
                    }
                    try tx.execute("INSERT INTO vendor_accounts (vendor_id, balance) VALUES (3, 5), (4, 0)")
                    try tx.execute(
                        """
                        INSERT INTO vendor_payouts (id, vendor_id, vendor_name, amount, currency, period_start,
                        period_end, status, payout_method, created_at)
                        VALUES (7, 4, 'V', 9, 'USD', '2026-01-01', '2026-01-31', 'pending', 'manual', 0)
                        """)
                }
                await database.close()
                let error = await #expect(throws: ChildProcessError.self) { try await verify(address, data) }
                let said = error?.description ?? ""
                #expect(said.holds(text: "vendor 3: its balance, and the sum of its entries differ: 5, 0"))
                #expect(said.holds(text: "vendor 3: what the shop's ledger owes it, and its balance differ: 0, 5"))
                #expect(said.holds(text: "payout 7: its entries, and its amount unless it failed differ: 0, 9"))
                #expect(!said.holds(text: "vendor 4") && !said.holds(text: "add up"))
            }
        }
    }

    private func verify(_ address: String, _ data: String) async throws -> String {
        try await ShopProcess.run(["verify", "payouts"], over: address, data: data)
    }
}
