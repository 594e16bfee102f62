import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Notifications

/// How the databases run the lists of mails, messages and suppressed addresses, over tables too large to be read whole.
@Suite(.timeLimit(.minutes(6))) struct MailListPlanTests {
    private static let rows = 3_000

    @Test(arguments: Backend.available)
    func `each filter of the log of mails walks an index and sorts nothing`(_ backend: Backend) async throws {
        try await Self.withManyMails(backend) { stand in
            let narrowings = [
                "", "status=failed", "template_type=t3", "email=u5@example.com", "order=7", "from=1970-01-01T00:00:00Z",
                "until=1970-01-01T00:00:01Z", "status=failed&template_type=t1",
                "email=u50@example.com&status=failed&until=2030-01-01T00:00:00Z",
            ]
            for narrowing in narrowings {
                for ordering in ["created_at", "-created_at"] {
                    let path = "/api/admin/email-logs/?\(narrowing)&ordering=\(ordering)"
                    let found = try await PlanReader(database: stand.database).findings {
                        let page = try await stand.call(.get, path)
                        #expect(page.status == 200 && page.statements <= 4, "\(path): \(page.json)")
                    }
                    #expect(Self.avoidable(found).isEmpty, "\(path): \(found)")
                }
            }
        }
    }

    /// Returns what could be read faster: who counts all rows reads an index or the table from end to end.
    private static func avoidable(_ found: [PlanReader.Finding]) -> [PlanReader.Finding] {
        found.filter { !$0.isCount }
    }

    @Test(
        arguments: Backend.available,
        [
            ("u77@example.com", 10), ("U77@", 10), ("u7", 110), ("hello 1234", 1), ("HELLO 1234", 1), ("lo 77", 11),
            ("n7", 1), ("nobody", 0), ("hello", 3_000),
        ])
    func `a mail is found by recipient, subject and order`(
        _ backend: Backend, _ search: (text: String, count: Int)
    ) async throws {
        try await Self.withManyMails(backend) { stand in
            let path = "/api/admin/email-logs/?search=" + PercentEncoding.encode(search.text)
            let found = try await PlanReader(database: stand.database).findings {
                let page = try await stand.call(.get, path)
                #expect(page.json.int("count") == search.count, "\(page.json)")
                let moments = page.results.compactMap { $0["id"]?.number }
                #expect(moments == moments.sorted(by: >))
            }
            // All subjects are looked through in their index. What is found is put together, and sorted where it is little.
            let faults = found.filter { !$0.isSort && $0.table != "found" }
            #expect(faults.isEmpty, "\(faults)")
        }
    }

    @Test(arguments: Backend.available)
    func `each filter of the mailbox walks an index and sorts nothing`(_ backend: Backend) async throws {
        try await Self.withManyMails(backend) { stand in
            // A search looks through the texts that the filters leave; the mailbox keeps those of some days.
            let filters: [(String?, Channel?, String?, Int)] = [
                (nil, nil, nil, 3_000), (nil, .sms, nil, 30), ("u5@example.com", nil, nil, 10),
                ("u50@example.com", .email, nil, 10), (nil, nil, "text 77", 11),
            ]
            for (recipient, channel, search, count) in filters {
                let filter = MailboxFilter(recipient: recipient, channel: channel, search: search, withSecrets: true)
                let found = try await PlanReader(database: stand.database).findings {
                    let page = try await stand.database.read {
                        try MailboxReading.page(filter, PageRequest(number: 1, size: 5), $0)
                    }
                    #expect(page.count == count && page.rows.map(\.id) == page.rows.map(\.id).sorted(by: >))
                }
                let faults = Self.avoidable(found).filter { search == nil || $0.isSort }
                #expect(faults.isEmpty, "\(filter): \(faults)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `each filter and order of suppressed addresses walks an index and sorts nothing`(
        _ backend: Backend
    ) async throws {
        try await Self.withManyMails(backend) { stand in
            for narrowing in ["", "reason=manual", "email=u77@example.com", "search=u77", "page=4"] {
                for ordering in ["created_at", "email"].flatMap({ [$0, "-" + $0] }) {
                    let path = "/api/admin/suppressions/?\(narrowing)&ordering=\(ordering)"
                    let found = try await PlanReader(database: stand.database).findings {
                        let page = try await stand.call(.get, path)
                        #expect(page.status == 200 && page.json.int("count") > 0, "\(path): \(page.json)")
                    }
                    #expect(Self.avoidable(found).isEmpty, "\(path): \(found)")
                }
            }
        }
    }

    /// Runs `body` with three thousand of each: mails and messages to 300 people, ten each, and suppressed addresses.
    private static func withManyMails(
        _ backend: Backend, _ body: @Sendable (NotificationStand) async throws -> Void
    ) async throws {
        try await NotificationStand.with(backend) { stand in
            try await stand.database.write { tx in
                for start in stride(from: 0, to: rows, by: 500) { try fill(start..<(start + 500), tx) }
                try tx.execute(
                    """
                    INSERT INTO orders (id, order_number, cart_key, email, status, payment_status, payment_method, currency,
                    subtotal, discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines, shipping_address,
                    billing_address, units, created_at, updated_at)
                    VALUES (7, 'N7', 'k', 'a@example.com', 'delivered', 'paid', 'card', 'USD', 1, 0, 0, 0, 1, 0, '[]', '{}',
                    '{}', 1, 0, 0)
                    """)
            }
            _ = try await stand.database.write { tx in
                if tx.dialect == .mysql { _ = try tx.rows("ANALYZE TABLE email_logs, mailbox, mail_suppressions") }
            }
            try await body(stand)
        }
    }

    private static func fill(_ numbers: Range<Int>, _ tx: Transaction) throws {
        let mails = numbers.map { number -> [SQLValue] in
            let (status, order) = (number % 100 == 0 ? "failed" : "sent", number == 7 ? 7 : nil as Int?)
            return .row(
                "k\(number)", "u\(number % 300)@example.com", "t\(number % 7)", "en", "Hello \(number)", status, "{}",
                order, number)
        }
        try tx.execute(
            """
            INSERT INTO email_logs (job_key, email, template_type, language, subject, status, context, order_id, created_at)
            VALUES \(rows: mails)
            """)
        let messages = numbers.map { number -> [SQLValue] in
            .row(
                number % 100 == 1 ? "sms" : "email", "u\(number % 300)@example.com", "Hello", "text \(number)", "<p>",
                "[]",
                number)
        }
        try tx.execute(
            """
            INSERT INTO mailbox (channel, recipient, subject, text_content, html_content, links, created_at)
            VALUES \(rows: messages)
            """)
        let suppressed = numbers.map { number -> [SQLValue] in
            .row("u\(number)@example.com", number % 100 == 0 ? "manual" : "hard_bounce", "", number)
        }
        try tx.execute("INSERT INTO mail_suppressions (email, reason, note, created_at) VALUES \(rows: suppressed)")
    }
}
