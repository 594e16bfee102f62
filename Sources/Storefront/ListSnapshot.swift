import Commerce
import Primitives

/// The products of a list in its order, each with its prices, so that any price range is a part of it.
///
/// The number of products in a range is found in the sorted ends of their prices, so that a page costs the walk to its
/// last product.
struct ListSnapshot: Sendable {
    /// A product's place in the list, with the lowest and the highest of its prices.
    struct Entry: Sendable {
        let id: ProductID
        let lowest: Money
        let highest: Money
    }

    private let entries: [Entry]
    /// The prices between the lowest and the highest, of products that have more than two.
    private let between: [ProductID: [Money]]
    /// The entries whose lowest and highest price differ.
    private let spread: [Entry]
    /// The lowest prices, ascending.
    private let lowest: [Money]
    /// The highest prices, ascending.
    private let highest: [Money]

    init(_ entries: [Entry], between: [ProductID: [Money]]) {
        self.entries = entries
        self.between = between
        spread = entries.filter { $0.lowest < $0.highest }
        lowest = entries.map(\.lowest).sorted()
        highest = entries.map(\.highest).sorted()
    }

    var count: Int { entries.count }

    /// Returns the ids of the products in a price range from `offset` on, at most `size`, and the number of products in
    /// the range.
    func part(from least: Money?, to most: Money?, offset: Int, size: Int) -> (ids: [ProductID], count: Int) {
        guard least != nil || most != nil else {
            return (entries.dropFirst(offset).prefix(size).map(\.id), entries.count)
        }
        let (least, most) = (least ?? .zero, most ?? .maximum)
        let count = least <= most ? self.count(from: least, to: most) : 0
        guard offset < count else { return ([], count) }
        return (ids(from: least, to: most, offset: offset, size: min(size, count - offset)), count)
    }

    /// Counts the entries in a range: all but those that are dearer, those that are cheaper, and those with prices on
    /// both sides and none between.
    private func count(from least: Money, to most: Money) -> Int {
        let dearer = entries.count - lowest.partitioningIndex { $0 > most }
        let cheaper = highest.partitioningIndex { $0 >= least }
        let around =
            least > .zero ? spread.count { $0.lowest < least && $0.highest > most && !isBetween(least, most, $0) } : 0
        return entries.count - dearer - cheaper - around
    }

    private func ids(from least: Money, to most: Money, offset: Int, size: Int) -> [ProductID] {
        var ids: [ProductID] = []
        var skipped = 0
        for entry in entries where isWithin(least, most, entry) {
            guard skipped == offset else {
                skipped += 1
                continue
            }
            ids.append(entry.id)
            if ids.count == size { break }
        }
        return ids
    }

    /// Returns whether one of the product's prices lies in the range.
    private func isWithin(_ least: Money, _ most: Money, _ entry: Entry) -> Bool {
        if entry.lowest >= least { return entry.lowest <= most }
        if entry.highest <= most { return entry.highest >= least }
        return isBetween(least, most, entry)
    }

    private func isBetween(_ least: Money, _ most: Money, _ entry: Entry) -> Bool {
        between[entry.id]?.contains { $0 >= least && $0 <= most } ?? false
    }
}
