import Foundation
import Jobs
import Primitives
import SQL
import TestSupport
import Testing

@testable import Checkout

/// A shop whose process is killed while its customers pay, again and again.
@Suite struct PaymentCrashTests {
    private static let kills = 8
    private static let clients = 8
    private static let settings = [
        "SANDBOX_GATEWAY": "on",
        // Short, so that what a killed process held is taken over within the test.
        "JOB_LEASE_SECONDS": "2",
        // What stays open is asked about each second of the first two minutes.
        "PAYMENT_RECONCILE_SECONDS": (1...120).map(String.init).joined(separator: ","),
    ]

    @Test(.timeLimit(.minutes(8)), arguments: Backend.available)
    func `kill -9 while customers pay charges and refunds nobody twice and loses nothing`(
        backend: Backend
    ) async throws {
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.run(
                ["seed", "--products", "16", "--users", "\(Self.clients)"], over: database, data: data)
            try await ShopProcess.makeAdmin(over: database, data: data)
            let answered = PaymentAnswers()
            let shop = try await Self.killAgainAndAgain(answered, over: database, data: data)
            #expect(answered.surprises.isEmpty)
            #expect(answered.count >= Self.kills)
            let opened = try openDatabase(beside: database)
            try await Self.settle(opened)
            let (broken, lost) = try await opened.read {
                (try PaymentCrashQueries.broken($0), try answered.missing(in: $0))
            }
            #expect(broken.isEmpty, "\(broken)")
            #expect(lost.isEmpty, "answered, and not there: \(lost)")
            let scope = try await opened.read { try PaymentCrashQueries.scope($0) }
            #expect(scope.values.allSatisfy { $0 > 0 }, "too little has happened: \(scope)")
            await opened.close()
            #expect(try await shop.terminate() == 0)
            let stock = try await ShopProcess.run(["verify", "stock"], over: database, data: data)
            #expect(stock.contains("The stock adds up."))
        }
    }

    /// Has customers pay, kills the shop in the middle of it, and starts it again; gives the last one.
    private static func killAgainAndAgain(
        _ answered: PaymentAnswers, over database: String, data: String
    ) async throws -> ShopProcess {
        var shop = try await ShopProcess(over: database, data: data, settings: settings)
        let admin = try await shop.admin()
        // A third of what the gateway tells is lost, and the rest comes twice.
        let behavior = try await admin.send(
            "PUT", "/sandbox/webhooks/", json: ["loss_percent": 33, "duplicates": 1])
        try #require(behavior.status == 200, "\(behavior.text)")
        var payers: [SandboxPayer] = []
        for number in 1...clients {
            let shopper = try await Shopper.signIn("user\(number)@example.com", number, shop.probe)
            payers.append(SandboxPayer(shopper: shopper, admin: admin, answered: answered))
        }
        for _ in 0..<kills {
            await pay(payers, at: shop, killedAfter: .random(in: 10...120))
            #expect(try await shop.wait() == -SIGKILL)
            shop = try await ShopProcess(over: database, data: data, settings: settings)
            payers = payers.map { $0.at(shop) }
        }
        return shop
    }

    /// Has everybody pay until the shop is gone, which is killed after its next `limit` answers.
    private static func pay(_ payers: [SandboxPayer], at shop: ShopProcess, killedAfter limit: Int) async {
        let last = payers[0].answered.count + limit
        payers[0].answered.watch { if $0 >= last { shop.kill() } }
        await withTaskGroup(of: Void.self) { group in
            for payer in payers {
                group.addTask {
                    // The first broken connection is the kill; what a wrong answer says is kept with the answers.
                    while (try? await payer.story()) != nil {}
                    shop.kill()
                }
            }
        }
    }

    /// Waits until reconciliation, which is due each second here and not each minute, has brought the books together.
    private static func settle(_ opened: any Database) async throws {
        let queue = JobQueue(opened)
        // Where it never comes to that, what is broken tells more than the time that has passed.
        try? await poll("books that agree", atMost: .seconds(150)) {
            try await opened.write { _ = try queue.enqueue(FindDuePayments(), in: $0) }
            try await poll("an empty queue", atMost: .seconds(100)) {
                try await opened.read { try PaymentCrashQueries.waitingJobs($0) } == 0
            }
            return try await opened.read { try PaymentCrashQueries.broken($0) }.isEmpty
        }
        #expect(try await queue.counts().dead == 0)
    }
}
