import Foundation
import Jobs
import Messages
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

/// A shop whose process is killed in the middle of its work, again and again.
@Suite struct CrashTests {
    private static let kills = 8
    private static let clients = 16
    /// Short, so that what a killed process held is taken over within the test.
    private static let settings = ["JOB_LEASE_SECONDS": "2"]

    @Test(.timeLimit(.minutes(12)), arguments: Backend.available)
    func `kill -9 under orders loses no answered order and leaves none half there`(backend: Backend) async throws {
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.run(
                ["seed", "--products", "40", "--users", "\(Self.clients)"], over: database, data: data)
            var shop = try await ShopProcess(over: database, data: data, settings: Self.settings)
            var shoppers = try await Self.shoppers(shop)
            let answered = Ledger()
            for _ in 0..<Self.kills {
                await Self.order(shoppers, from: shop, into: answered, killedAfter: .random(in: 1...60))
                #expect(try await shop.wait() == -SIGKILL)
                shop = try await ShopProcess(over: database, data: data, settings: Self.settings)
                shoppers = shoppers.map { $0.at(shop) }
                try await Self.expectWhole(shoppers, answered)
            }
            #expect(answered.count >= Self.kills)
            let opened = try openDatabase(beside: database)
            try await Self.waitUntilDrained(opened)
            let (broken, numbers, mails) = try await opened.read {
                (
                    try CrashQueries.broken($0), try CrashQueries.orderNumbers($0),
                    try CrashQueries.confirmations($0)
                )
            }
            #expect(broken.isEmpty)
            #expect(answered.numbers.isSubset(of: numbers), "an answered order is lost")
            #expect(mails.sorted() == numbers.map { "Your order \($0)" }.sorted(), "a mail is lost or doubled")
            await opened.close()
            #expect(try await shop.terminate() == 0)
        }
    }

    @Test(.timeLimit(.minutes(12)), arguments: Backend.available)
    func `kill -9 while jobs run loses and doubles none`(backend: Backend) async throws {
        try await withStoredShop(backend) { database, data in
            try await ShopProcess.run(["migrate"], over: database, data: data)
            let opened = try openDatabase(beside: database)
            let queue = JobQueue(opened)
            var texts: [String] = []
            var kills = 0
            for kill in 1...Self.kills {
                let more = (0..<1_500).map { "message \(kill)-\($0)" }
                try await opened.write { tx in
                    try queue.enqueue(all: more.map { SMSJob(to: "+15550100", userID: nil, text: $0) }, in: tx)
                }
                texts += more
                // Counted before the shop starts: it may have sent them all before somebody looks again.
                let enough = try await Self.sent(opened) + .random(in: 1..<400)
                let shop = try await ShopProcess(over: database, data: data, settings: Self.settings)
                try await poll("kill \(kill): \(enough) messages") { try await Self.sent(opened) >= enough }
                shop.kill()
                #expect(try await shop.wait() == -SIGKILL)
                if try await Self.sent(opened) < texts.count { kills += 1 }
            }
            #expect(kills > 0, "the queue was empty at each kill")
            let shop = try await ShopProcess(over: database, data: data, settings: Self.settings)
            try await Self.waitUntilDrained(opened)
            let sent = try await opened.read { try CrashQueries.textMessages($0) }
            #expect(sent.sorted() == texts.sorted(), "a message is lost or doubled")
            await opened.close()
            #expect(try await shop.terminate() == 0)
        }
    }

    /// Has everybody order until the shop is gone, which is killed after its next `limit` answers.
    private static func order(
        _ shoppers: [Shopper], from shop: ShopProcess, into answered: Ledger, killedAfter limit: Int
    ) async {
        let last = answered.count + limit
        await withTaskGroup(of: Void.self) { group in
            for shopper in shoppers {
                group.addTask {
                    // The first broken connection is the kill; what a refusal would say shows in the ledger.
                    while let number = try? await shopper.order() {
                        if answered.add(number, of: shopper.email) >= last { shop.kill() }
                    }
                    shop.kill()
                }
            }
        }
    }

    /// Expects what was answered to be there for its customer, with both of its lines.
    private static func expectWhole(_ shoppers: [Shopper], _ answered: Ledger) async throws {
        for shopper in shoppers {
            for number in answered.numbers(of: shopper.email) {
                let order = try await shopper.probe.send("GET", "/api/orders/\(number)/")
                #expect(order.status == 200, "\(number): \(order.text)")
                #expect(order["items"]?.elements.count == 2)
            }
        }
    }

    private static func shoppers(_ shop: ShopProcess) async throws -> [Shopper] {
        try await withThrowingTaskGroup(of: Shopper.self) { group in
            for number in 1...clients {
                group.addTask { try await Shopper.signIn("user\(number)@example.com", number, shop.probe) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func sent(_ database: any Database) async throws -> Int {
        try await database.read { try CrashQueries.textMessageCount($0) }
    }

    private static func waitUntilDrained(_ database: any Database) async throws {
        let queue = JobQueue(database)
        try await poll("an empty queue", atMost: .seconds(180)) {
            let counts = try await queue.counts()
            try #require(counts.dead == 0)
            return counts.due == 0 && counts.running == 0 && counts.scheduled == 0
        }
    }
}

/// Answered orders by their customer.
private final class Ledger: Sendable {
    private let orders = Mutex<[String: Set<String>]>([:])

    var count: Int { orders.withLock { $0.values.reduce(0) { $0 + $1.count } } }
    var numbers: Set<String> { orders.withLock { $0.values.reduce(into: []) { $0.formUnion($1) } } }
    func numbers(of email: String) -> Set<String> { orders.withLock { $0[email] ?? [] } }

    /// Gives how many there are now.
    func add(_ number: String, of email: String) -> Int {
        orders.withLock { orders in
            orders[email, default: []].insert(number)
            return orders.values.reduce(0) { $0 + $1.count }
        }
    }
}

/// Runs `body` with the addresses of an empty database and an empty data folder.
func withStoredShop(
    _ backend: Backend, _ body: (_ database: String, _ data: String) async throws -> Void
) async throws {
    try await withDatabaseAddress(backend) { database in
        try await withTemporaryFolder { data in try await body(database, data) }
    }
}
