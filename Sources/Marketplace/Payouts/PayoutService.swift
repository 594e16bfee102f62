import Commerce
import Jobs
import Messages
import Payments
import Primitives
import SQL
import Vendors

/// Pays vendors out. A payout leaves what is available when it is made and comes back if it fails.
struct PayoutService: Sendable {
    let books: VendorBooks
    let payments: PaymentService
    let jobs: JobQueue
    let payees: PayeeReader
    let currency: Currency
    let zone: TimeZoneRules

    var time: TimeSource { books.time }

    /// How many vendors one transaction of a run pays.
    static let chunk = 100

    /// Creates the service; days are those of `zone`.
    init(
        books: VendorBooks, payments: PaymentService, jobs: JobQueue, payees: @escaping PayeeReader, currency: Currency,
        zone: TimeZoneRules
    ) {
        self.books = books
        self.payments = payments
        self.jobs = jobs
        self.payees = payees
        self.currency = currency
        self.zone = zone
    }

    /// Makes the payouts of a period, in transactions of ``chunk`` vendors that `record` writes down: one for each vendor with
    /// something due that has none of this period. A run that was broken off goes on when it is called again.
    ///
    /// - Throws: `OutOfRange`, `SQLError`, what `confirm` and `record` throw in each transaction.
    func run(
        _ period: PayoutPeriod, among vendors: [VendorID]?, by user: UserID?, _ database: any Database,
        confirm: @escaping @Sendable (Transaction) throws -> Void,
        record: @escaping @Sendable ([Payout], Transaction) throws -> Void
    ) async throws -> [Payout] {
        var made: [Payout] = []
        var last = VendorID(0)
        while true {
            let next = last
            let chunk = try await database.read {
                try PayoutQueries.candidates(period, among: vendors, after: next, limit: Self.chunk, $0)
            }
            guard let end = chunk.last else { return made }
            made += try await database.write { tx in
                try confirm(tx)
                let paid = try pay(chunk, period, by: user, in: tx)
                if !paid.isEmpty { try record(paid, tx) }
                return paid
            }
            last = end
        }
    }

    /// Pays these vendors what is due to them, where they have no payout of the period.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func pay(_ vendors: [VendorID], _ period: PayoutPeriod, by user: UserID?, in tx: Transaction) throws -> [Payout] {
        let now = time.now
        let accounts = try VendorAccountQueries.lock(vendors, tx)
        let paid = try PayoutQueries.paid(period, among: vendors, tx)
        let held = try PayoutQueries.held(vendors, cutoff: period.cutoff(at: now, in: zone), now: now, tx)
        let (names, payees) = (try PayoutQueries.names(vendors, tx), try payees(vendors, tx))
        var made: [Payout] = []
        for (vendor, balance) in accounts where !paid.contains(vendor) {
            let held = held[vendor] ?? PayoutQueries.Held()
            let due = min(try balance - held.late, try balance - held.pending)
            guard due > .zero else { continue }
            var payout = Payout()
            payout.vendor = vendor
            payout.vendorName = names[vendor] ?? ""
            payout.amount = due
            payout.currency = currency.code
            (payout.start, payout.end) = (period.start, period.end)
            payout.method = payees[vendor]?.method ?? .manual
            payout.createdBy = user
            payout.createdAt = now
            payout.id = try PayoutQueries.insert(payout, tx)
            made.append(payout)
        }
        try books.write(made.map { .payout($0, try .zero - $0.amount) }, at: now, tx)
        for payout in made { try post(payout, .payout, payout.amount, tx) }
        return made
    }

    /// Notes that the bank has accepted a locked payout.
    ///
    /// - Throws: `PayoutError.invalidStatus`, `SQLError`.
    func accept(_ payout: Payout, in tx: Transaction) throws -> Payout {
        try change(payout, from: [.pending], to: .processing, tx) { _ in }
    }

    /// Notes that a locked payout has reached its vendor, who is told.
    ///
    /// - Throws: `PayoutError.invalidStatus`, `SQLError`.
    func complete(_ payout: Payout, reference: String, in tx: Transaction) throws -> Payout {
        let payout = try change(payout, from: [.pending, .processing], to: .completed, tx) { [time] payout in
            payout.reference = reference
            payout.processedAt = time.now
        }
        try tell("vendor_payout_completed", payout, tx)
        return payout
    }

    /// Notes that a locked payout has failed: its amount is available again. The vendor is told.
    ///
    /// - Throws: `PayoutError.invalidStatus`, `OutOfRange`, `SQLError`.
    func fail(_ payout: Payout, reason: String, in tx: Transaction) throws -> Payout {
        try giveBack(payout, from: [.pending, .processing], reason: reason, in: tx)
    }

    /// Notes that the bank has given a locked payout's money back, be it after it had been paid: its amount is available again.
    ///
    /// - Throws: as ``fail(_:reason:in:)``.
    func giveBack(
        _ payout: Payout, from allowed: Set<PayoutStatus> = [.pending, .processing, .completed], reason: String,
        in tx: Transaction
    ) throws -> Payout {
        let payout = try change(payout, from: allowed, to: .failed, tx) { [time] payout in
            payout.failureReason = reason
            payout.processedAt = time.now
        }
        try books.write([.payout(payout, payout.amount)], at: time.now, tx)
        try post(payout, .payoutReversal, .zero - payout.amount, tx)
        try tell("vendor_payout_failed", payout, tx)
        return payout
    }

    /// Gives a vendor an amount, or takes one below zero: available at once, and once for a `requestKey`.
    ///
    /// - Throws: `NotFound`, `OutOfRange`, `SQLError`.
    func adjust(
        _ vendor: VendorID, by amount: Money, reason: String, user: UserID, requestKey: String? = nil,
        in tx: Transaction
    ) throws {
        guard try PayoutQueries.exists(vendor, tx) else { throw NotFound() }
        if let requestKey, try VendorAccountQueries.isKnown(requestKey, tx) { return }
        let now = time.now
        var posting = VendorPosting(vendor: vendor, kind: .adjustment, amount: amount, currency: currency.code)
        posting.reason = reason
        posting.user = user
        posting.requestKey = requestKey
        posting.availableAt = now
        try books.write([posting], at: now, tx)
        var ledger = LedgerPosting(.vendorAdjustment, nil, currency: currency.code)
        try ledger.move(amount, debit: .vendorAdjustments, credit: .payable(vendor))
        try payments.post(ledger, in: tx)
    }

    private func change(
        _ payout: Payout, from allowed: Set<PayoutStatus>, to status: PayoutStatus, _ tx: Transaction,
        _ change: (inout Payout) -> Void
    ) throws -> Payout {
        guard allowed.contains(payout.status) else { throw PayoutError.invalidStatus(payout.status, wanted: status) }
        var changed = payout
        changed.status = status
        change(&changed)
        try PayoutQueries.update(changed, tx)
        return changed
    }

    private func post(_ payout: Payout, _ kind: LedgerPosting.Kind, _ amount: Money, _ tx: Transaction) throws {
        var posting = LedgerPosting(kind, nil, currency: payout.currency)
        try posting.move(amount, debit: .payable(payout.vendor), credit: .payouts)
        try payments.post(posting, in: tx)
    }

    private func tell(_ template: String, _ payout: Payout, _ tx: Transaction) throws {
        guard let contact = try PayoutQueries.contact(of: payout.vendor, tx) else { return }
        let mail = MailJob(
            template: template, to: contact.email, userID: contact.user,
            context: .object([
                "vendor_name": .string(payout.vendorName), "amount": .string(currency.text(payout.amount)),
                "currency": .string(payout.currency), "period_start": .string(payout.start.description),
                "period_end": .string(payout.end.description), "reference": .string(payout.reference),
                "reason": .string(payout.failureReason),
            ]))
        try jobs.enqueue(mail, in: tx)
    }
}

extension VendorPosting {
    /// An entry of a payout: below zero as it is made, above where it has failed.
    fileprivate static func payout(_ payout: Payout, _ amount: Money) -> VendorPosting {
        var posting = VendorPosting(vendor: payout.vendor, kind: .payout, amount: amount, currency: payout.currency)
        posting.payout = payout.id
        posting.availableAt = payout.processedAt ?? payout.createdAt
        return posting
    }
}
