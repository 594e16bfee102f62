import Commerce

extension Product {
    /// Returns whether the product is sold, where its own price is `base`, for more than half as much again as staff have
    /// approved: in any of its `variants`, offered or not, or as it is without any. A variant that staff have not seen is
    /// held against the highest price that they have approved of the product; where they have approved none, every price
    /// is more.
    ///
    /// - Throws: `OutOfRange`.
    public func exceedsApproved(at base: Money, in variants: [ProductVariant]) throws -> Bool {
        guard !variants.isEmpty else { return Self.isRise(from: approvedPrice, to: base) }
        let highest = (variants.map(\.approvedPrice) + [approvedPrice]).compactMap { $0 }.max()
        return try variants.contains {
            Self.isRise(from: $0.approvedPrice ?? highest, to: try $0.draft.price.amount(base: base))
        }
    }

    /// Returns whether a price has risen by more than half.
    private static func isRise(from old: Money?, to new: Money) -> Bool {
        guard let old else { return true }
        // Prices are far below a third of what fits.
        return new > old && new.minorUnits * 2 > old.minorUnits * 3
    }

    /// Returns whether prices are approved as they stand in `draft` with a change by somebody who may approve them: one
    /// of the price, or one that says so.
    func approvesPrices(_ change: ProductChange, to draft: ProductDraft) -> Bool {
        draft.approval == .approved && (change.approval != nil || draft.price != self.draft.price)
    }
}
