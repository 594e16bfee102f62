import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Orders under random lives: however they are paid, cancelled, sent back, refunded and disputed, the ledger adds up.
@Suite struct LedgerModelTests {
    @Test(.timeLimit(.minutes(12)), arguments: Backend.available, Array(1...10) as [UInt64])
    func `whatever happens to orders and their money, the ledger adds up`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        try await LedgerField.with(backend, isManual: seed.isMultiple(of: 2)) { field in
            let random = RandomSource.seeded(seed)
            let ada = try await field.shop.user(1)
            var done: [Int: Int] = [:]
            for number in 1...20 {
                var life = LedgerLife(
                    field: field, random: random, buyer: ada, order: try await order(field, random, ada))
                for _ in 0..<(5 + random.number(below: 10)) {
                    let (deed, status) = try await life.next()
                    done[status, default: 0] += 1
                    try #require(status < 500, "seed \(seed), order \(number), \(life.story): \(deed)")
                    let found = try await field.shop.ledger()
                    try #require(found.isEmpty, "seed \(seed), order \(number), \(life.story): \(found)")
                }
            }
            #expect(done.filter { $0.key < 300 }.values.reduce(0, +) > 60, "most of it is refused: \(done)")
            let kinds = try await field.shop.database.read { connection in
                try connection.column("SELECT DISTINCT kind FROM ledger_transactions", as: String.self)
            }
            #expect(Set(["invoice", "credit_note", "capture"]).isSubset(of: kinds), "\(kinds)")
        }
    }

    private func order(
        _ field: LedgerField, _ random: RandomSource, _ ada: Identity
    ) async throws -> LedgerField.Answer {
        let methods = ["card", "bank_transfer", "cod", "sandbox"]
        return try await field.order(
            ada, 1 + random.number(below: 4), by: methods[random.number(below: methods.count)])
    }
}

/// The life of one order, step by step.
private struct LedgerLife {
    let field: LedgerField
    let random: RandomSource
    let buyer: Identity
    let order: LedgerField.Answer
    /// What was done so far, with what was answered.
    private(set) var story: [String] = []
    private var payment: (id: Int64, name: String)?

    private enum Deed: CaseIterable {
        case paySeen, pay, payAgain, authorize, decline, capture, void, process, ship, deliver, cancel, cancelRest,
            cancelPart
        case sendBack, refund, approve, reject, completeRefund, failRefund, dispute, winDispute, loseDispute, expire
        case holdRefunds, ask

        /// What ends an order is left for later, and what shops do most is done more often.
        static let ends: Set<Deed> = [.cancel, .cancelRest, .expire]
        static let usual: [Deed] = [
            .process, .ship, .ship, .deliver, .sendBack, .sendBack, .refund, .approve, .approve,
        ]
        static let payments: [Deed] = [.paySeen, .pay, .payAgain, .authorize]
        static let ofPayments: Set<Deed> = [
            .capture, .void, .refund, .completeRefund, .failRefund, .dispute, .winDispute, .loseDispute, .ask,
        ]
    }

    init(field: LedgerField, random: RandomSource, buyer: Identity, order: LedgerField.Answer) {
        self.field = field
        self.random = random
        self.buyer = buyer
        self.order = order
    }

    /// Does something; returns what, and the status that was answered.
    mutating func next() async throws -> (deed: String, status: Int) {
        let isFresh = story.isEmpty && random.number(below: 3) > 0
        let isLate = story.count > 4 || random.number(below: 4) == 0
        let deeds =
            isFresh
            ? Deed.payments
            : (Deed.allCases + Deed.usual).filter {
                (payment != nil || !Deed.ofPayments.contains($0)) && (isLate || !Deed.ends.contains($0))
            }
        let deed = deeds[random.number(below: deeds.count)]
        let status = try await perform(deed)
        story.append("\(deed) \(status)")
        return ("\(deed)", status)
    }

    private mutating func perform(_ deed: Deed) async throws -> Int {
        switch deed {
        case .paySeen: try await paySeen()
        case .pay, .payAgain: try await pay()
        case .authorize: try await begin("authorize")
        case .decline: try await begin("decline")
        case .capture: try await capture()
        case .void: try await ofPayment { try await field.call(.post, "/api/admin/payments/\($0.id)/cancel/") }
        case .process: try await field.move(order, to: "processing").status
        case .ship: try await field.staff(order, "shipments", part("items", line: random.number(below: 2))).status
        case .deliver: try await field.move(order, to: "delivered").status
        case .cancel: try await field.shop.call(.put, "/api/orders/\(order.id)/cancel/", as: buyer).status
        case .cancelRest: try await field.staff(order, "cancel-rest").status
        case .cancelPart: try await field.cancel(order, line: random.number(below: 2), 1).status
        case .sendBack: try await sendBack()
        case .refund: try await ofPayment { try await field.refund($0.id, "\(1 + random.number(below: 20)).50") }
        case .approve: try await decide("approve", "{}")
        case .reject: try await decide("reject", #"{"reason": "No"}"#)
        case .completeRefund: try await happen("complete_refund")
        case .failRefund: try await happen("fail_refund")
        case .dispute: try await happen("dispute", #", "amount": \#(1 + random.number(below: 900))"#)
        case .winDispute: try await happen("win_dispute")
        case .loseDispute: try await happen("lose_dispute")
        case .expire: try await expire()
        case .holdRefunds: try await hold()
        case .ask: try await ask()
        }
    }

    /// Names the whole of a line, or everything.
    private func part(_ key: String, line: Int) -> String {
        guard random.number(below: 2) == 0, let id = order.items[line]["id"]?.integer else { return "{}" }
        return #"{"\#(key)": [{"order_item_id": \#(id), "quantity": 1}]}"#
    }

    private func paySeen() async throws -> Int {
        let credited = try await field.shop.value(
            "SELECT COALESCE(SUM(refund_amount), 0) FROM returns WHERE order_id = \(order.id) AND status = 'received'")
        let total = try await field.shop.value("SELECT total FROM orders WHERE id = \(order.id)")
        let received = try await field.shop.value(
            """
            SELECT COALESCE(SUM(captured_amount - refunded_amount), 0) FROM payments
            WHERE order_id = \(order.id) AND is_surplus = 0
            """)
        let amount = max(0, random.number(below: 3) == 0 ? total : total - credited - received)
        let cents = amount % 100 < 10 ? "0\(amount % 100)" : "\(amount % 100)"
        return try await field.staff(order, "payment", #"{"amount": "\#(amount / 100).\#(cents)"}"#).status
    }

    private mutating func begin(_ action: String) async throws -> Int {
        guard let begun = try await field.begin(order, action, as: buyer) else { return 409 }
        payment = begun
        return 200
    }

    /// Pays at the sandbox; where staff capture, they do.
    private mutating func pay() async throws -> Int {
        let status = try await begin("pay")
        guard status == 200, let payment else { return status }
        _ = try await field.call(.post, "/api/admin/payments/\(payment.id)/capture/")
        return status
    }

    private func capture() async throws -> Int {
        let body = random.number(below: 2) == 0 ? "{}" : #"{"amount": "\#(1 + random.number(below: 40)).60"}"#
        return try await ofPayment { try await field.call(.post, "/api/admin/payments/\($0.id)/capture/", body) }
    }

    private func sendBack() async throws -> Int {
        try await field.sendBack(
            order, line: random.number(below: 2), 1, shipping: random.number(below: 3) == 0, as: buyer
        ).status
    }

    private func decide(_ verb: String, _ body: String) async throws -> Int {
        let refund = try await field.refund(of: order, "requested")
        return try await field.call(.post, "/api/admin/refunds/\(refund)/\(verb)/", body).status
    }

    /// Has something happen at the sandbox and brings the news.
    private func happen(_ action: String, _ more: String = "") async throws -> Int {
        try await ofPayment { payment in
            let answer = try await field.act(payment.name, action, more)
            try await field.deliver()
            return answer
        }
    }

    private func ofPayment(
        _ work: ((id: Int64, name: String)) async throws -> LedgerField.Answer
    ) async throws -> Int {
        guard let payment else { return 404 }
        return try await work(payment).status
    }

    private func expire() async throws -> Int {
        field.shop.clock.advance(by: .minutes(31))
        try await field.deliver()
        return 204
    }

    private func hold() async throws -> Int {
        let holds = random.number(below: 2) == 0
        return try await field.call(.put, "/sandbox/webhooks/", #"{"holds_refunds": \#(holds)}"#).status
    }

    private func ask() async throws -> Int {
        field.shop.clock.advance(by: .seconds(4))
        return try await ofPayment { try await field.call(.get, "/api/payments/\($0.id)/status/", "", as: buyer) }
    }
}
