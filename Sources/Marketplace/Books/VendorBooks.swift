import Commerce
import Orders
import Payments
import Primitives
import SQL

/// The one writer of vendors' accounts. What vendors earn of an order is reckoned anew from its lines, documents, refunds and
/// disputes whenever one of these has changed, in the transaction that changes it and under the order's lock; the
/// differences to what was posted before become entries here and in the shop's ledger.
public struct VendorBooks: Sendable {
    let settings: MarketplaceSettings
    let time: TimeSource
    let approved: ApprovedRates

    /// Creates the books; `approved` knows the rates that vendors were given when they were approved.
    public init(
        settings: MarketplaceSettings, time: TimeSource, approved: @escaping ApprovedRates = { _, _ in [:] }
    ) {
        self.settings = settings
        self.time = time
        self.approved = approved
    }

    /// Follows a numbered document: with the invoice of an order its vendors' lines are sold, and their commission is frozen; what
    /// is credited is taken back.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func follow(_ issued: IssuedAmounts, _ ledger: PaymentService, in tx: Transaction) throws {
        guard issued.hasVendors, var order = try SoldOrderQueries.read(issued.order, tx) else { return }
        if !issued.isCredit, order.lines.allSatisfy({ $0.sale == nil }) { try freeze(&order, tx) }
        try post(order, ledger, tx)
    }

    /// Follows refunds and disputes of an order.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func follow(_ id: OrderID, _ ledger: PaymentService, in tx: Transaction) throws {
        guard try SoldOrderQueries.isSold(id, tx), let order = try SoldOrderQueries.read(id, tx) else { return }
        try post(order, ledger, tx)
    }

    /// Follows a change of an order: what was earned of lines that have arrived is available after the hold, and what is canceled is
    /// waited for no longer.
    ///
    /// - Throws: `SQLError`.
    public func follow(from before: Order, to after: Order, in tx: Transaction) throws {
        let old = Dictionary(before.items.map { ($0.id, $0.status) }) { first, _ in first }
        let changed = after.items.filter { $0.vendor != nil && old[$0.id] != $0.status }
        for item in changed where item.status == .delivered {
            let moment = after.arrival(of: item.id) ?? time.now
            try VendorAccountQueries.release(after.id, [item.id], at: moment + settings.hold, tx)
        }
        let cancelled = changed.filter { $0.status == .cancelled }.map(\.id)
        if !cancelled.isEmpty { try VendorAccountQueries.release(after.id, cancelled, at: time.now, tx) }
    }

    private func freeze(_ order: inout SoldOrder, _ tx: Transaction) throws {
        let now = time.now
        let rates = try CommissionRates(
            of: order.lines.filter { $0.vendor != nil }, at: now, approved: approved, standard: settings.rate, tx)
        let commissions = try order.commissions(by: rates.rate)
        try SoldOrderQueries.freeze(order, commissions, category: rates.category, at: now, tx)
        for index in order.lines.indices { order.lines[index].sale = commissions[order.lines[index].id] }
    }

    /// Posts what vendors have earned or lost since the last time.
    private func post(_ order: SoldOrder, _ ledger: PaymentService, _ tx: Transaction) throws {
        let shares = try order.shares()
        let known = try VendorAccountQueries.sums(of: order.id, tx)
        let now = time.now
        let arrivals = Dictionary(order.lines.map { ($0.id, $0.arrival) }) { first, _ in first }
        var postings: [VendorPosting] = []
        for share in shares {
            for (kind, amount) in share.parts {
                let change = try amount - (known[share.item]?[kind] ?? .zero)
                guard change != .zero else { continue }
                var posting = VendorPosting(vendor: share.vendor, kind: kind, amount: change, currency: order.currency)
                posting.order = order.id
                posting.item = share.item
                posting.availableAt = arrivals[share.item].flatMap { available($0, now) }
                postings.append(posting)
            }
        }
        try write(postings, at: now, tx)
        try ledger.post(try .shares(postings, of: order), in: tx)
    }

    /// Returns from when on what is earned of a line now can be paid out; nil while it is under way.
    private func available(_ arrival: SoldLine.Arrival, _ now: Timestamp) -> Timestamp? {
        switch arrival {
        case .underWay: nil
        case .cancelled: now
        case .delivered(let moment): max(now, moment + settings.hold)
        }
    }

    /// Writes entries and adds them to their vendors' accounts.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func write(_ postings: [VendorPosting], at now: Timestamp, _ tx: Transaction) throws {
        var sums: [VendorID: Money] = [:]
        for posting in postings { try sums[posting.vendor, default: .zero] += posting.amount }
        try VendorAccountQueries.add(sums, tx)
        try VendorAccountQueries.insert(postings, at: now, tx)
    }
}

extension Order {
    /// Returns when the last parcel with units of a line has arrived.
    fileprivate func arrival(of item: OrderItemID) -> Timestamp? {
        shipments.filter { $0.parts.contains { $0.item == item } }.compactMap(\.deliveredAt).max()
    }
}

extension LedgerPosting {
    /// Returns what vendors earn, or lose again, as the shop's ledger has it.
    fileprivate static func shares(_ postings: [VendorPosting], of order: SoldOrder) throws -> LedgerPosting {
        var posting = LedgerPosting(.vendorShare, order.id, currency: order.currency)
        for part in postings {
            let account: LedgerAccount = part.kind == .commission ? .commission : .vendorShares
            try posting.move(part.amount, debit: account, credit: .payable(part.vendor))
        }
        return posting
    }
}
