import Primitives
import SQL
import TestSupport
import Testing

/// `kontor verify ledger` over a shop with orders of the past.
@Suite(.timeLimit(.minutes(12)))
struct VerifyLedgerTests {
    @Test(arguments: Backend.available)
    func `the ledger adds up until somebody tampers with it, and each difference is a line`(
        _ backend: Backend
    ) async throws {
        try await withDatabaseAddress(backend) { address in
            try await withTemporaryFolder { data in
                let fill = ["seed", "--products", "5", "--users", "3", "--orders", "40"]
                try await ShopProcess.run(fill, over: address, data: data)
                #expect(try await verify(address, data) == "The ledger adds up.\n")
                let list = ["--gateway", "sandbox", "--from", "2026-01-01", "--until", "2026-01-02"]
                #expect(try await verify(address, data, list) == "The ledger adds up.\n")
                try await tamper("UPDATE payments SET captured_amount = captured_amount - 1 WHERE id = 7", address)
                let error = await #expect(throws: ChildProcessError.self) { try await verify(address, data) }
                let said = error?.description ?? ""
                #expect(said.holds(text: "payment 7: captures posted, and what was captured differ"))
                #expect(!said.holds(text: "payment 8:") && !said.holds(text: "adds up"))
            }
        }
    }

    @Test func `a span without a gateway, a day that is none and a gateway without a list are refused`() async throws {
        try await withDatabaseAddress(.sqlite) { address in
            try await withTemporaryFolder { data in
                try await ShopProcess.run(["migrate"], over: address, data: data)
                for words in [
                    ["--from", "2026-01-01"], ["--gateway", "manual"], ["--gateway", "stripe"],
                    ["--gateway", "sandbox", "--from", "2026-02-30"],
                    ["--gateway", "sandbox", "--from", "2026-02-02", "--until", "2026-02-01"],
                ] {
                    await #expect(throws: ChildProcessError.self) { try await verify(address, data, words) }
                }
            }
        }
    }

    private func verify(_ address: String, _ data: String, _ words: [String] = []) async throws -> String {
        try await ShopProcess.run(
            ["verify", "ledger"] + words, over: address, data: data, settings: ["SANDBOX_GATEWAY": "on"])
    }

    private func tamper(_ statement: Query, _ address: String) async throws {
        let database = try openDatabase(beside: address)
        try await database.write { _ = try $0.execute(statement) }
        await database.close()
    }
}
