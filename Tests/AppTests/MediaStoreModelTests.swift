import FoundationEssentials
import Media
import Primitives
import TestSupport
import Testing

/// Both stores of files under random hands, against a list of what was put into them.
@Suite struct MediaStoreModelTests {
    private static let names = [
        "products/a.webp", "products/a/b.webp", "products/a/c.png", "products/ab.webp", "products/b/c/d.webp",
        "categories/a.webp", "trash/products/a.webp", "papers/1.pdf", "papers/2.csv",
    ]

    @Test(arguments: 1...3)
    func `what was written is read, and nothing else is there`(_ seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            try await walk(DiskMediaStore(root: folder + "/\(seed)"), .seeded(seed))
            try await walk(MemoryMediaStore(), .seeded(seed))
        }
    }

    private func walk(_ store: any MediaStore, _ random: RandomSource) async throws {
        let keys = try Self.names.map { try #require(MediaKey($0)) }
        var model: [MediaKey: [UInt8]] = [:]
        for step in 0..<150 {
            let (key, other) = (keys[random.number(below: keys.count)], keys[random.number(below: keys.count)])
            switch random.number(below: 5) {
            case 0, 1:
                let bytes = random.bytes(random.number(below: 200))
                try await store.write(bytes, to: key)
                model[key] = bytes
            case 2:
                try await store.delete(key)
                model[key] = nil
            case 3 where key != other:
                try await store.move(key, to: other)
                if let bytes = model.removeValue(forKey: key) { model[other] = bytes }
            default: break
            }
            for key in keys {
                let object = try await store.read(key)
                try #require(object?.bytes == model[key], "step \(step): \(key)")
                try #require(try await store.exists(key) == (model[key] != nil), "step \(step): \(key)")
                if let object { try #require(object.contentType == key.contentType) }
            }
            try await compareLists(store, model, random, step)
        }
    }

    /// Lists come in parts that join without a seam, each folder's files alone.
    private func compareLists(
        _ store: any MediaStore, _ model: [MediaKey: [UInt8]], _ random: RandomSource, _ step: Int
    ) async throws {
        for folder in ["products", "categories", "papers", "none"] {
            let limit = 1 + random.number(below: 4)
            var (found, last): ([MediaKey], MediaKey?) = ([], nil)
            while true {
                let part = try await store.entries(in: folder, after: last, limit: limit)
                try #require(part.count <= limit)
                found += part.map(\.key)
                guard part.count == limit else { break }
                last = part.last?.key
            }
            let expected = model.keys.filter { $0.description.hasPrefix(folder + "/") }
            try #require(Set(found) == Set(expected) && found.count == expected.count, "step \(step): \(folder)")
        }
    }

    @Test func `a tag is that of the bytes, whatever they are called and wherever they lie`() async throws {
        try await withTemporaryFolder { folder in
            var tags: Set<String> = []
            for store in [DiskMediaStore(root: folder), MemoryMediaStore()] as [any MediaStore] {
                for name in ["products/a.webp", "papers/b.pdf"] {
                    let key = try #require(MediaKey(name))
                    try await store.write([1, 2, 3], to: key)
                    tags.insert(try #require(try await store.read(key)).etag)
                }
            }
            #expect(tags == ["\"" + Hex.encode(Digest.sha256([1, 2, 3]).prefix(16)) + "\""])
        }
    }
}
