import AppHarness
import Commerce
import Primitives
import Testing

@testable import Inventory

@Suite struct InventoryPlanTests {
    @Test func `one warehouse that has everything is taken before two that come first`() throws {
        let plan = try plan([(1, 2), (2, 2)], [(1, 1, 5), (2, 2, 5), (1, 3, 2), (2, 3, 2)])
        #expect(plan.picks.map(\.shelf.warehouse.rawValue) == [3, 3])
    }

    @Test func `of equally few warehouses those that come first are taken`() throws {
        let plan = try plan([(1, 1)], [(1, 4, 9), (1, 2, 9)])
        #expect(plan.picks.map(\.shelf.warehouse.rawValue) == [4])
    }

    @Test func `a line is split where no warehouse has enough`() throws {
        let plan = try plan([(1, 7)], [(1, 1, 3), (1, 2, 3), (1, 3, 4)])
        #expect(plan.picks.map(\.quantity) == [3, 4])
        #expect(plan.picks.map(\.shelf.warehouse.rawValue) == [1, 3])
    }

    @Test func `all shortages are told at once and nothing is picked`() throws {
        let plan = try plan([(1, 3), (2, 1), (3, 9)], [(1, 1, 2), (2, 1, 5), (3, 1, 4), (3, 2, 4)])
        #expect(plan.picks.isEmpty)
        #expect(plan.shortages.map(\.sellable.product.rawValue) == [1, 3])
        #expect(plan.shortages.map(\.available) == [2, 8])
    }

    @Test func `a plan takes exactly what is wanted and never more than a shelf has`() throws {
        let random = RandomSource.seeded(3)
        for _ in 0..<5_000 {
            let goods = random.number(below: 4) + 1
            let shelves = (0..<goods).flatMap { product in
                (0..<random.number(below: 6)).map { (Int64(product), Int64($0 + 1), random.number(below: 6) + 1) }
            }
            let lines = (0..<goods).map { (Int64($0), random.number(below: 9) + 1) }
            let plan = try plan(lines, shelves)
            let has = { (product: Int64) in shelves.filter { $0.0 == product }.reduce(0) { $0 + $1.2 } }
            #expect(plan.shortages.count == lines.filter { has($0.0) < $0.1 }.count)
            guard plan.shortages.isEmpty else { continue }
            for line in lines {
                let picks = plan.picks.filter { $0.shelf.sellable.product.rawValue == line.0 }
                #expect(picks.reduce(0) { $0 + $1.quantity } == line.1)
            }
            #expect(plan.picks.allSatisfy { $0.quantity > 0 && $0.quantity <= $0.shelf.available })
            #expect(Set(plan.picks.map(\.shelf.id)).count == plan.picks.count)
        }
    }

    @Test func `choices are listed once each and in order`() {
        #expect(Array(Combinations(of: 4, choosing: 2)) == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
        #expect(Array(Combinations(of: 2, choosing: 3)).isEmpty)
        #expect(Array(Combinations(of: 3, choosing: 3)) == [[0, 1, 2]])
    }

    private func plan(
        _ lines: [(product: Int64, quantity: Int)], _ shelves: [(product: Int64, warehouse: Int64, available: Int)]
    ) throws -> ParcelPlan {
        try ParcelPlan(
            lines.map { StockLine(SellableID(ProductID($0.product)), quantity: $0.quantity) },
            over: shelves.enumerated().map { index, shelf in
                ParcelPlan.Shelf(
                    id: StockID(Int64(index + 1)), sellable: SellableID(ProductID(shelf.product)),
                    warehouse: WarehouseID(shelf.warehouse), available: shelf.available)
            })
    }
}
