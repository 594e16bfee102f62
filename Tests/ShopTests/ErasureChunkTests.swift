import AppHarness
import Commerce
import Jobs
import Logging
import Media
import Modules
import Primitives
import Privacy
import SQL
import Schema
import Synchronization
import TestSupport
import Testing

@testable import KontorApp

/// An erasure over tables too large for one transaction: everybody else's go between its own.
@Suite(.timeLimit(.minutes(12)))
struct ErasureChunkTests {
    private static let email = "user1@example.com"
    fileprivate static let now = Timestamp(seconds: 1_800_000_000)
    /// The tables that hold a row for each order or address that is still to be erased.
    private static let small: Set<String> = ["e", "erasure_orders", "erasure_addresses"]

    @Test(arguments: Backend.available)
    func `no transaction of an erasure changes more than some hundred rows or reads a table whole`(
        _ backend: Backend
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            try await PersonRows(database).write()
            let meter = WriteMeter(database)
            let person = ErasedUser(id: UserID(1), addresses: [.init(email: Self.email, until: Self.now)])
            let found = try await PlanReader(database: database).findings(withWrites: true) {
                try await Self.erase(person, meter)
            }
            let slow = found.filter { !$0.isSort && !$0.statement.contains("total_changes()") }
            for finding in slow where !Self.small.contains(finding.table) {
                Issue.record("\(finding)")
            }
            #expect(meter.transactions > 20 && meter.maxChanged <= 600, "\(meter.maxChanged)")
            #expect(meter.maxRead <= 2_500, "\(meter.maxRead)")
            let left = try await database.read { connection in
                try PersonRows.left.map { try connection.value($0, as: Int.self) ?? -1 }
            }
            #expect(left == PersonRows.left.map { _ in 0 }, "\(left)")
            let others = try await database.read { connection in
                try PersonRows.others.map { try connection.value($0, as: Int.self) ?? -1 }
            }
            #expect(others == PersonRows.others.map { _ in PersonRows.count(of: 2) }, "\(others)")
        }
    }

    private static func erase(_ person: ErasedUser, _ meter: WriteMeter) async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let context = try ModuleContext(try .ofTest(meter, time: MovableClock(startingAt: now).source))
        let data = try await Rooms(context).modules.personalData
        let privacy = PrivacyService(database: meter, store: MemoryMediaStore(), jobs: context.jobs, data: data)
        try await meter.write { tx in try privacy.erase(person, in: tx) }
        try await JobRunner(context.jobs, handlers: privacy.erasureHandlers, logger: logger).drain()
    }
}

/// A database that notes the most rows that one transaction changes, and on MySQL the most that one reads.
private final class WriteMeter: Database {
    private let base: any Database
    private let counts = Mutex<(transactions: Int, changed: Int, read: Int)>((0, 0, 0))

    init(_ base: any Database) {
        self.base = base
    }

    var dialect: Dialect { base.dialect }
    var transactions: Int { counts.withLock { $0.transactions } }
    var maxChanged: Int { counts.withLock { $0.changed } }
    var maxRead: Int { counts.withLock { $0.read } }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await base.read(body)
    }

    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await base.report(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await base.write { [self] tx in
            let before = try Self.rows(tx)
            let value = try body(tx)
            let after = try Self.rows(tx)
            counts.withLock {
                $0.transactions += 1
                $0.changed = max($0.changed, after.changed - before.changed)
                $0.read = max($0.read, after.read - before.read)
            }
            return value
        }
    }

    func close() async { await base.close() }

    /// Returns how many rows this connection has changed and read.
    private static func rows(_ tx: Transaction) throws -> (changed: Int, read: Int) {
        if tx.dialect == .sqlite { return (try tx.value("SELECT total_changes()") ?? 0, 0) }
        var counts: [String: Int] = [:]
        for (name, count): (String, String) in try tx.tuples("SHOW SESSION STATUS LIKE 'Handler%'") {
            counts[name] = Int(count) ?? 0
        }
        let sum = { (names: [String]) in names.reduce(0) { $0 + counts["Handler_" + $1, default: 0] } }
        return (sum(["delete", "update"]), sum(["read_next", "read_key", "read_first", "read_rnd", "read_rnd_next"]))
    }
}

/// Many rows of one person, and more of another.
private struct PersonRows {
    static func count(of user: Int) -> Int { user == 1 ? 1_500 : 6_000 }

    private let database: any Database

    init(_ database: any Database) {
        self.database = database
    }

    /// What must be nothing afterwards.
    static let left: [Query] = [
        "SELECT COUNT(*) FROM mailbox WHERE user_id = 1 OR recipient = 'user1@example.com'",
        "SELECT COUNT(*) FROM jobs WHERE person IN ('user:1', 'user1@example.com')",
        "SELECT COUNT(*) FROM jobs WHERE kind LIKE 'privacy%'",
        "SELECT COUNT(*) FROM idempotency_keys WHERE user_id = 1",
        "SELECT COUNT(*) FROM audit_entries WHERE before_json LIKE '%user1@example.com%' OR actor_email = 'user1@example.com'",
        "SELECT COUNT(*) FROM login_history WHERE user_id = 1", "SELECT COUNT(*) FROM account_events WHERE user_id = 1",
        "SELECT COUNT(*) FROM orders WHERE email = 'user1@example.com' OR (user_id = 1 AND notes <> '')",
        "SELECT COUNT(*) FROM returns r JOIN orders o ON o.id = r.order_id WHERE o.user_id = 1 AND r.note <> ''",
        "SELECT COUNT(*) FROM erasure_orders", "SELECT COUNT(*) FROM erasure_addresses",
    ]

    /// What must all be there afterwards.
    static let others: [Query] = [
        "SELECT COUNT(*) FROM mailbox WHERE user_id = 2", "SELECT COUNT(*) FROM jobs WHERE person = 'user:2'",
        "SELECT COUNT(*) FROM idempotency_keys WHERE user_id = 2",
        "SELECT COUNT(*) FROM audit_entries WHERE before_json LIKE '%user2@example.com%'",
        "SELECT COUNT(*) FROM login_history WHERE user_id = 2",
        "SELECT COUNT(*) FROM orders WHERE email = 'user2@example.com'",
    ]

    func write() async throws {
        for user in [1, 2] {
            let email = "user\(user)@example.com"
            try await execute(
                """
                INSERT INTO users (id, email, role, created_at, updated_at)
                VALUES (\(user), \(email), 'customer', 0, 0)
                """)
            try await messages(user, email)
            try await answers(user, email)
            try await history(user, email)
            try await orders(user, email)
        }
        try await execute(
            """
            INSERT INTO returns (order_id, status, note, created_at, updated_at)
            SELECT id, 'received', 'too small', 0, 0 FROM orders
            """)
        try await database.write { tx in
            guard tx.dialect == .mysql else { return }
            _ = try tx.rows(
                """
                ANALYZE TABLE orders, order_events, mailbox, jobs, idempotency_keys, audit_entries, login_history,
                account_events, coupon_usages, returns, shipments, order_notes
                """)
        }
    }

    private func messages(_ user: Int, _ email: String) async throws {
        try await insert(
            user, "mailbox", "channel, recipient, user_id, subject, text_content, html_content, links, created_at"
        ) {
            [
                .text("email"), .text(email), .integer(Int64(user)), .text("S\($0)"), .text("T"), .text("H"),
                .text("[]"), .integer(0),
            ]
        }
        try await insert(user, "jobs", "kind, payload, person, lane, priority, state, run_at, max_attempts, created_at")
        {
            _ in
            [
                .text("mail.send"), .text(#"{"recipient":"\#(email)"}"#), .text("user:\(user)"), .integer(1),
                .integer(1),
                .integer(2), .integer(0), .integer(20), .integer(0),
            ]
        }
    }

    private func answers(_ user: Int, _ email: String) async throws {
        let end = (ErasureChunkTests.now + .hours(1)).microseconds
        try await insert(
            user, "idempotency_keys", "digest, fingerprint, user_id, status, headers, body, leased_until, expires_at"
        ) {
            [
                .text("\(user)-\($0)"), .text("f"), .integer(Int64(user)), .integer(201), .text(""),
                .blob(Array(email.utf8)), .integer(0), .integer(end),
            ]
        }
    }

    private func history(_ user: Int, _ email: String) async throws {
        try await insert(
            user, "audit_entries", "actor_id, actor_email, method, template, path, before_json, after_json, created_at"
        ) {
            [
                .integer(Int64(user)), .text(email), .text("PUT"), .text("/x/"), .text("/x/\($0)/"),
                .text(#"{"email":"\#(email)"}"#), .text(""), .integer(0),
            ]
        }
        try await insert(user, "login_history", "user_id, account_key, status, ip_address, user_agent, created_at") {
            _ in
            [.integer(Int64(user)), .text("k\(user)"), .text("success"), .text(""), .text(""), .integer(0)]
        }
        try await insert(user, "account_events", "user_id, kind, created_at") { _ in
            [.integer(Int64(user)), .text("login"), .integer(0)]
        }
    }

    private func orders(_ user: Int, _ email: String) async throws {
        let address = #"{"full_name":"A","country":"GB"}"#
        try await insert(
            user, "orders",
            """
            order_number, cart_key, user_id, email, status, payment_status, payment_method, currency, subtotal,
            discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines, shipping_address, billing_address, notes,
            created_at, updated_at
            """
        ) {
            [
                .text("N\(user)-\($0)"), .text("old:\(user)-\($0)"), .integer(Int64(user)), .text(email),
                .text("delivered"), .text("paid"), .text("card"), .text("USD"), .integer(1_000), .integer(0),
                .integer(0), .integer(0), .integer(1_000), .integer(0), .text("[]"), .text(address), .text(address),
                .text("ring twice"), .integer(0), .integer(0),
            ]
        }
    }

    private func execute(_ query: Query) async throws {
        _ = try await database.write { try $0.execute(query) }
    }

    private func insert(
        _ user: Int, _ table: StaticString, _ columns: StaticString, _ row: (Int) -> [SQLValue]
    ) async throws {
        for start in stride(from: 1, through: Self.count(of: user), by: 500) {
            let rows = (start..<start + 500).map(row)
            try await execute("INSERT INTO \(Query(table)) (\(Query(columns))) VALUES \(rows: rows)")
        }
    }
}
