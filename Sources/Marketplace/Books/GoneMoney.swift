import Commerce

/// What of each line's remaining value the customer has back beyond what credit notes gave: by refunds, and by disputes that were
/// lost. Each has one amount a line, and shipping as the last.
struct GoneMoney: Sendable {
    private(set) var refunded: [Money]
    private(set) var lost: [Money]
    private let order: SoldOrder

    /// Reckons both for an order; with a credit note over all of it nothing is left that could go.
    ///
    /// - Throws: `OutOfRange`.
    init(of order: SoldOrder) throws(OutOfRange) {
        self.order = order
        refunded = Array(repeating: .zero, count: order.lines.count + 1)
        lost = refunded
        guard !order.isCredited else { return }
        let whole =
            try order.lines.map { line throws(OutOfRange) in try line.left } + [
                order.shipping - order.creditedShipping
            ]
        let (claim, refunds) = (try whole.total(), try order.refunds.map(\.amount).total())
        // What was captured and not given back is set off against what papers still claim.
        let pool = min(refunds, max(.zero, try claim - order.captured + refunds))
        let beyond = max(.zero, try claim - order.captured + refunds + order.lost)
        try refund(pool, of: whole)
        lost = try Self.spread(min(order.lost, try beyond - pool), over: try Self.rest(of: whole, after: refunded))
    }

    /// Takes refunds that name units from their lines, by what these cost, and all others from lines and shipping alike.
    private mutating func refund(_ pool: Money, of whole: [Money]) throws(OutOfRange) {
        var pool = pool
        for refund in order.refunds where !refund.units.isEmpty {
            let named = try order.lines.map { line throws(OutOfRange) in
                try line.worth(of: refund.units[line.id] ?? 0)
            }
            // Units that are back in stock were credited: only what was refunded beyond their worth is left.
            var open = refund.isRestocked ? max(.zero, try refund.amount - named.total()) : refund.amount
            for isByUnits in [true, false] {
                let room = try Self.rest(of: whole, after: refunded)
                let weights = order.lines.indices.map { index in
                    guard refund.units[order.lines[index].id] != nil else { return Money.zero }
                    return isByUnits ? min(room[index], named[index]) : room[index]
                }
                let taken = try add(min(open, pool), over: weights + [.zero])
                try open -= taken
                try pool -= taken
            }
        }
        try add(pool, over: try Self.rest(of: whole, after: refunded))
    }

    /// Adds a part of an amount to what was refunded, as far as the weights go; returns that part.
    @discardableResult
    private mutating func add(_ amount: Money, over weights: [Money]) throws(OutOfRange) -> Money {
        let parts = try Self.spread(amount, over: weights)
        for (index, part) in parts.enumerated() { try refunded[index] += part }
        return try parts.total()
    }

    private static func rest(of whole: [Money], after gone: [Money]) throws(OutOfRange) -> [Money] {
        try whole.indices.map { index throws(OutOfRange) in try whole[index] - gone[index] }
    }

    /// Spreads an amount by weights, and no more than they are together.
    private static func spread(_ amount: Money, over weights: [Money]) throws(OutOfRange) -> [Money] {
        let taken = min(amount, try weights.total())
        return taken > .zero ? try taken.spread(over: weights) : weights.map { _ in .zero }
    }
}
