import Commerce

/// The warehouses that an order ships from: as few parcels as possible, then the warehouses with the best priority.
struct ParcelPlan: Sendable {
    /// The available units of a sellable in one warehouse.
    struct Shelf: Sendable, Hashable {
        let id: StockID
        let sellable: SellableID
        let warehouse: WarehouseID
        let available: Int
    }

    /// The units taken from a shelf.
    struct Pick: Sendable, Hashable {
        let shelf: Shelf
        let quantity: Int
    }

    /// The sets of warehouses that are tried before all of them are taken in their order.
    private static let patience = 2_000

    let picks: [Pick]
    /// The lines that all shelves together do not cover.
    let shortages: [Shortage]

    /// Plans `lines` over `shelves`, which are sorted by the priority of their warehouses.
    ///
    /// - Throws: `OutOfRange`.
    init(_ lines: [StockLine], over shelves: [Shelf]) throws {
        var warehouses: [WarehouseID] = []
        for shelf in shelves where !warehouses.contains(shelf.warehouse) { warehouses.append(shelf.warehouse) }
        let shelves = Dictionary(grouping: shelves, by: \.sellable)
        shortages = try lines.compactMap { line in
            let available = try shelves[line.sellable, default: []].map(\.available).sum()
            return available < line.quantity
                ? Shortage(line.sellable, requested: line.quantity, available: available) : nil
        }
        guard shortages.isEmpty else {
            picks = []
            return
        }
        let chosen = try Self.fewest(of: warehouses, for: lines, shelves)
        picks = lines.flatMap { line in
            Self.picks(line, shelves[line.sellable, default: []].filter { chosen.contains($0.warehouse) })
        }
    }

    /// Returns the smallest set of warehouses that covers every line; of equal ones the first by priority.
    private static func fewest(
        of warehouses: [WarehouseID], for lines: [StockLine], _ shelves: [SellableID: [Shelf]]
    ) throws -> Set<WarehouseID> {
        var left = patience
        for size in 1...max(1, warehouses.count) {
            for choice in Combinations(of: warehouses.count, choosing: size) {
                let set = Set(choice.map { warehouses[$0] })
                if try lines.allSatisfy({ try covers(set, $0, shelves) }) { return set }
                left -= 1
                if left == 0 { return Set(warehouses) }
            }
        }
        return Set(warehouses)
    }

    private static func covers(
        _ warehouses: Set<WarehouseID>, _ line: StockLine, _ shelves: [SellableID: [Shelf]]
    ) throws(OutOfRange) -> Bool {
        let within = shelves[line.sellable, default: []].filter { warehouses.contains($0.warehouse) }
        return try within.map(\.available).sum() >= line.quantity
    }

    /// Picks a line from one shelf where one has enough, otherwise from shelf after shelf.
    private static func picks(_ line: StockLine, _ shelves: [Shelf]) -> [Pick] {
        if let whole = shelves.first(where: { $0.available >= line.quantity }) {
            return [Pick(shelf: whole, quantity: line.quantity)]
        }
        var missing = line.quantity
        var picks: [Pick] = []
        for shelf in shelves where missing > 0 && shelf.available > 0 {
            let quantity = min(missing, shelf.available)
            picks.append(Pick(shelf: shelf, quantity: quantity))
            missing -= quantity
        }
        return picks
    }
}

/// The ways to choose `size` of `count` indexes, in lexicographic order.
struct Combinations: Sequence, IteratorProtocol {
    private let count: Int
    private var upcoming: [Int]?

    init(of count: Int, choosing size: Int) {
        self.count = count
        self.upcoming = size <= count ? Array(0..<size) : nil
    }

    mutating func next() -> [Int]? {
        guard let current = upcoming else { return nil }
        var following = current
        var place = current.count - 1
        while place >= 0, following[place] == count - current.count + place { place -= 1 }
        if place < 0 {
            upcoming = nil
        } else {
            following[place] += 1
            for later in (place + 1)..<Swift.max(place + 1, current.count) {
                following[later] = following[later - 1] + 1
            }
            upcoming = following
        }
        return current
    }
}
