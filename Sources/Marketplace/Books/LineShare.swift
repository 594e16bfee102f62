import Commerce

/// What a vendor has earned of one line by now, as sums over all that happened: entries are the differences to the sums
/// before, so that it does not matter in which order things become known.
struct LineShare: Sendable, Hashable {
    let item: OrderItemID
    let vendor: VendorID
    /// The line's base, in minor units.
    var sale = Money.zero
    /// Below zero: what the shop keeps, less what it gave up with refunds and disputes.
    var commission = Money.zero
    /// Below zero: what was given back of the base.
    var refund = Money.zero
    /// Below zero: what banks took back of the base.
    var dispute = Money.zero

    var parts: [(type: VendorEntry.Kind, amount: Money)] {
        [(.sale, sale), (.commission, commission), (.refund, refund), (.dispute, dispute)]
    }
}

extension SoldOrder {
    /// Reckons what vendors have earned of each of their lines by now, in the order of the lines.
    ///
    /// - Throws: `OutOfRange`.
    func shares() throws(OutOfRange) -> [LineShare] {
        guard isInvoiced else { return [] }
        let refunded = try refundedMoney()
        let lost = isCredited ? lines.map { _ in Money.zero } : try lostMoney()
        var shares: [LineShare] = []
        for (index, line) in lines.enumerated() {
            guard let vendor = line.vendor, let sale = line.sale else { continue }
            var share = LineShare(item: line.id, vendor: vendor)
            let back = isCredited ? sale.base : try line.refundedBase(by: refunded[index], of: sale)
            let taken = min(try sale.base - back, try sale.base.share(lost[index], of: line.invoiced))
            let given = try sale.commission.share(back + taken, of: sale.base)
            share.sale = sale.base
            share.commission = try given - sale.commission
            share.refund = try .zero - back
            share.dispute = try .zero - taken
            shares.append(share)
        }
        return shares
    }

    /// What the order's papers claim by now.
    private var claim: Money {
        get throws(OutOfRange) {
            if isCredited { return .zero }
            return try lines.map { line throws(OutOfRange) in try line.left }.total() + shipping - creditedShipping
        }
    }

    /// The part of each line's remaining value that was refunded beyond what credit notes gave back: refunds that name lines are
    /// taken from these, others from all lines and shipping alike.
    private func refundedMoney() throws(OutOfRange) -> [Money] {
        var parts = lines.map { _ in Money.zero }
        guard !isCredited else { return parts }
        let money = try refunds.map(\.amount).total()
        var pool = min(money, max(.zero, try claim - captured + money))
        for refund in refunds where !refund.items.isEmpty && pool > .zero {
            let named = Set(refund.items)
            let room = try lines.indices.map { index throws(OutOfRange) in
                named.contains(lines[index].id) ? try lines[index].left - parts[index] : .zero
            }
            let taken = min(refund.amount, pool, try room.total())
            guard taken > .zero else { continue }
            for (index, part) in try taken.spread(over: room).enumerated() { try parts[index] += part }
            try pool -= taken
        }
        let room = try lines.indices.map { index throws(OutOfRange) in try lines[index].left - parts[index] }
        let whole = try room + [shipping - creditedShipping]
        let taken = min(pool, try whole.total())
        guard taken > .zero else { return parts }
        for (index, part) in try taken.spread(over: whole).dropLast().enumerated() { try parts[index] += part }
        return parts
    }

    /// The part of each line that banks took back: of what was invoiced, so that what becomes of one line moves no other.
    private func lostMoney() throws(OutOfRange) -> [Money] {
        let weights = try lines.map { line throws(OutOfRange) in try line.invoiced } + [shipping]
        let taken = min(lost, try weights.total())
        guard taken > .zero else { return lines.map { _ in .zero } }
        return Array(try taken.spread(over: weights).dropLast())
    }
}

extension SoldLine {
    /// The part of the base that was credited, or refunded by `money` beyond that.
    fileprivate func refundedBase(by money: Money, of sale: LineCommission) throws(OutOfRange) -> Money {
        let noted = min(sale.base, try credited - creditedTax)
        return try noted + (sale.base - noted).share(money, of: left)
    }
}

extension Money {
    /// Returns `part` out of `whole` of this amount, half-up; zero where there is no whole.
    fileprivate func share(_ part: Money, of whole: Money) throws(OutOfRange) -> Money {
        whole <= .zero || part <= .zero ? .zero : try portion(part.minorUnits, of: whole.minorUnits)
    }
}

extension SoldOrder {
    /// Freezes the commission on vendors' lines: rounded once over a vendor's lines of one rate, then spread by largest
    /// remainder.
    ///
    /// - Throws: `OutOfRange`.
    func commissions(by rate: (VendorID, ProductID) -> Int64) throws(OutOfRange) -> [OrderItemID: LineCommission] {
        struct Group: Hashable {
            let vendor: VendorID
            let rate: Int64
        }
        var groups: [Group: [SoldLine]] = [:]
        for line in lines {
            guard let vendor = line.vendor else { continue }
            groups[Group(vendor: vendor, rate: rate(vendor, line.product)), default: []].append(line)
        }
        var found: [OrderItemID: LineCommission] = [:]
        for (group, lines) in groups {
            let bases = try lines.map { line throws(OutOfRange) in try line.base }
            let whole = try bases.total().portion(group.rate, of: 1_000_000)
            let parts = whole == .zero ? bases.map { _ in .zero } : try whole.spread(over: bases)
            for (index, line) in lines.enumerated() {
                found[line.id] = LineCommission(base: bases[index], rate: group.rate, commission: parts[index])
            }
        }
        return found
    }
}
