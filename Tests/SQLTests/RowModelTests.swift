import Primitives
import SQL
import TestSupport
import Testing

/// Rows under random statements, against a list in memory: the same answers on every database.
@Suite struct RowModelTests {
    private struct Thing: Equatable {
        let id: Int64
        var number: Int64?
        var name: String?
    }

    private static let words = ["a", "ab", "abc", "B", "b%", "b_", "é", "日本", ""]

    private static func word(_ random: RandomSource) -> String? {
        random.number(below: 6) == 0 ? nil : words[random.number(below: words.count)]
    }

    private static func number(_ random: RandomSource) -> Int64? {
        random.number(below: 6) == 0 ? nil : Int64(random.number(below: 9)) - 3
    }

    /// Makes a change of the rows and of the list; the count is that of the rows that were found.
    private func change(_ things: inout [Thing], _ random: RandomSource, _ database: any Database) async throws {
        let (number, name) = (Self.number(random), Self.word(random))
        let bound = Int64(random.number(below: 9)) - 3
        switch random.number(below: 4) {
        case 0, 1:
            let id = try await database.write { tx in
                try tx.insert("INSERT INTO things (number, name) VALUES (\(number), \(name))")
            }
            things.append(Thing(id: id, number: number, name: name))
        case 2:
            let count = try await database.write { tx in
                try tx.execute("UPDATE things SET name = \(name) WHERE number < \(bound)")
            }
            let found = things.indices.filter { (things[$0].number ?? .max) < bound }
            for index in found { things[index].name = name }
            #expect(count == found.count)
        default:
            guard random.number(below: 3) == 0 else { return }
            let count = try await database.write { tx in
                try tx.execute("DELETE FROM things WHERE number = \(bound) OR name = \(name)")
            }
            let isGone = { (thing: Thing) in thing.number == bound || (name != nil && thing.name == name) }
            #expect(count == things.count(where: isGone))
            things.removeAll(where: isGone)
        }
    }

    @Test(arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `what is asked of many rows is what a list of them says`(_ backend: Backend, _ seed: UInt64) async throws {
        let random = RandomSource.seeded(seed)
        try await withDatabase(backend, migrations: Fixture.migrations) { database in
            var things: [Thing] = []
            for step in 0..<120 {
                try await change(&things, random, database)
                let (least, most) = (Int64(random.number(below: 9)) - 3, Int64(random.number(below: 9)) - 3)
                let wanted = (0..<random.number(below: 5)).map { _ in Int64(random.number(below: 9)) - 3 }
                let (limit, offset) = (random.number(below: 6), random.number(below: 4))
                let kept = things
                try await database.read { connection in
                    try Self.compareFilters(kept, least, most, wanted, connection, step)
                    try Self.compareSums(kept, connection, step)
                    try Self.comparePages(kept, limit, offset, connection, step)
                }
            }
        }
    }

    private static func compareFilters(
        _ things: [Thing], _ least: Int64, _ most: Int64, _ wanted: [Int64], _ connection: Connection, _ step: Int
    ) throws {
        let between = try connection.column(
            "SELECT id FROM things WHERE number BETWEEN \(least) AND \(most) ORDER BY id", as: Int64.self)
        let inRange = things.filter { $0.number.map { $0 >= least && $0 <= most } ?? false }
        try #require(between == inRange.map(\.id), "step \(step)")
        let listed = try connection.column(
            "SELECT id FROM things WHERE number IN (\(list: wanted)) ORDER BY id", as: Int64.self)
        try #require(listed == things.filter { $0.number.map(wanted.contains) ?? false }.map(\.id), "step \(step)")
        let prefixed = try connection.column(
            "SELECT id FROM things WHERE name >= 'a' AND name < 'b' ORDER BY id", as: Int64.self)
        try #require(prefixed == things.filter { $0.name?.utf8.first == UInt8(ascii: "a") }.map(\.id), "step \(step)")
        let absent = try connection.value("SELECT COUNT(*) FROM things WHERE name IS NULL", as: Int.self)
        try #require(absent == things.count { $0.name == nil }, "step \(step)")
    }

    private static func compareSums(_ things: [Thing], _ connection: Connection, _ step: Int) throws {
        let rows: [(Int, Int, Int64?, Int64?)] = try connection.tuples(
            "SELECT COUNT(*), COUNT(number), MIN(number), MAX(number) FROM things")
        let (all, known, least, most) = try #require(rows.first)
        let numbers = things.compactMap(\.number)
        try #require(all == things.count && known == numbers.count, "step \(step)")
        try #require(least == numbers.min() && most == numbers.max(), "step \(step)")
        let groups: [(String, Int)] = try connection.tuples(
            "SELECT name, COUNT(*) FROM things WHERE name IS NOT NULL GROUP BY name ORDER BY name"
        )
        let expected = Dictionary(grouping: things.compactMap(\.name)) { Array($0.utf8) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        try #require(groups.map(\.1) == expected.map(\.value.count), "step \(step)")
        try #require(groups.map { Array($0.0.utf8) } == expected.map(\.key), "step \(step)")
    }

    private static func comparePages(
        _ things: [Thing], _ limit: Int, _ offset: Int, _ connection: Connection, _ step: Int
    ) throws {
        let page = try connection.column(
            "SELECT id FROM things ORDER BY number DESC, id LIMIT \(limit) OFFSET \(offset)", as: Int64.self)
        // What is not known is smaller than all that is.
        let sorted = things.sorted { left, right in
            left.number == right.number ? left.id < right.id : (left.number ?? .min) > (right.number ?? .min)
        }
        try #require(page == sorted.dropFirst(offset).prefix(limit).map(\.id), "step \(step)")
    }
}
