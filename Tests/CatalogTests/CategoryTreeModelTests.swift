import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

/// The tree of categories under random changes, against the tree that they make.
@Suite struct CategoryTreeModelTests {
    private struct Node {
        var parent: Int?
        var isActive: Bool
    }

    private struct Tree {
        var nodes: [Int: Node] = [:]

        func ancestors(of id: Int) -> [Int] {
            var (chain, next) = ([Int](), nodes[id]?.parent)
            while let id = next {
                chain.append(id)
                next = nodes[id]?.parent
            }
            return chain
        }

        func path(of id: Int) -> String { "/" + (ancestors(of: id).reversed() + [id]).map { "\($0)/" }.joined() }

        func isVisible(_ id: Int) -> Bool { ([id] + ancestors(of: id)).allSatisfy { nodes[$0]?.isActive == true } }

        /// Returns how many levels lie below a category.
        func height(of id: Int) -> Int {
            nodes.keys.filter { holds($0, below: id) }.map { ancestors(of: $0).count }.max().map {
                $0 - ancestors(of: id).count
            } ?? 0
        }

        /// Returns whether the move would make the tree deeper than eight levels.
        func isTooDeep(_ id: Int, under other: Int) -> Bool { ancestors(of: other).count + 1 + height(of: id) >= 8 }

        func holds(_ id: Int, below other: Int) -> Bool { id == other || ancestors(of: id).contains(other) }
    }

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2] as [UInt64])
    func `paths, visibility and what the public sees follow every change`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await withCatalog(backend) { shop in
            var tree = Tree()
            for number in 0..<60 {
                let ids = tree.nodes.keys.sorted()
                let (id, other) = ids.isEmpty ? (0, 0) : (random.pick(ids), random.pick(ids))
                switch ids.count < 4 ? 0 : random.number(below: 5) {
                case 0 where ids.count < 14:
                    let isRoot = ids.isEmpty || random.number(below: 3) == 0 || tree.ancestors(of: other).count > 6
                    let parent = isRoot ? nil : other
                    let made = try await shop.category("C\(number)", under: parent)
                    try #require(made > 0)
                    tree.nodes[made] = Node(parent: parent, isActive: true)
                    let product = try await shop.product("P\(number)", sku: "S\(number)", in: made)
                    try #require(product.status == 201, "\(product.json)")
                case 1, 2: try await move(id, under: other, shop, &tree)
                case 3:
                    _ = try await shop.call(.patch, "/api/categories/\(id)/", .object(["parent": .null]))
                    tree.nodes[id]?.parent = nil
                default:
                    let isActive = random.number(below: 3) > 0
                    _ = try await shop.call(.patch, "/api/categories/\(id)/", .object(["is_active": .bool(isActive)]))
                    tree.nodes[id]?.isActive = isActive
                }
                try await compare(shop, tree, number)
            }
        }
    }

    private func move(_ id: Int, under other: Int, _ shop: CatalogFixture, _ tree: inout Tree) async throws {
        let answer = try await shop.call(
            .patch, "/api/categories/\(id)/", .object(["parent": .number(String(other))]))
        if tree.holds(other, below: id) || tree.isTooDeep(id, under: other) {
            #expect(answer.status == 400 && answer["parent"] != nil, "\(answer.json)")
        } else {
            #expect(answer.status == 200, "\(answer.json)")
            tree.nodes[id]?.parent = other
        }
    }

    private func compare(_ shop: CatalogFixture, _ tree: Tree, _ step: Int) async throws {
        let rows = try await shop.database.read { connection in
            try connection.all("SELECT id, path, is_visible FROM categories") {
                (id: try $0() as Int, path: try $0() as String, isVisible: try $0() as Bool)
            }
        }
        try #require(rows.count == tree.nodes.count)
        for row in rows {
            try #require(row.path == tree.path(of: row.id), "step \(step)")
            try #require(row.isVisible == tree.isVisible(row.id), "step \(step): \(row.path)")
        }
        let listed = try await shop.call(.get, "/api/products/?page_size=100").json.int("count")
        try #require(listed == tree.nodes.keys.count { tree.isVisible($0) }, "step \(step)")
        guard let root = tree.nodes.keys.sorted().first(where: { tree.isVisible($0) }) else { return }
        let below = try await shop.call(.get, "/api/products/?category=\(root)&page_size=100").json.int("count")
        let expected = tree.nodes.keys.count { tree.holds($0, below: root) && tree.isVisible($0) }
        try #require(below == expected, "step \(step): below \(root)")
    }
}

extension RandomSource {
    fileprivate func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }
}
