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
        let money = try GoneMoney(of: self)
        var shares: [LineShare] = []
        for (index, line) in lines.enumerated() {
            guard let vendor = line.vendor, let sale = line.sale else { continue }
            shares.append(
                try share(of: line, vendor, sale, refunded: money.refunded[index], lost: money.lost[index]))
        }
        return shares
    }

    /// Commission goes back with the money, tax included, as a running total.
    private func share(
        of line: SoldLine, _ vendor: VendorID, _ sale: LineCommission, refunded: Money, lost: Money
    ) throws(OutOfRange) -> LineShare {
        let back = isCredited ? sale.base : try line.refundedBase(by: refunded, of: sale)
        let whole = isCredited ? sale.base : try line.refundedBase(by: refunded + lost, of: sale)
        let gone = isCredited ? try line.invoiced : min(try line.invoiced, try line.credited + refunded + lost)
        var share = LineShare(item: line.id, vendor: vendor)
        share.sale = sale.base
        share.commission = try sale.commission.share(gone, of: line.invoiced) - sale.commission
        share.refund = try .zero - back
        share.dispute = try back - whole
        return share
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
