import FoundationEssentials
import Media
import Primitives
import TestSupport
import Testing

@Suite struct MediaStoreTests {
    @Test(arguments: [
        "../secret", "products/../../etc/passwd", "/etc/passwd", "products//a.webp", "products/", "", "a/.hidden", ".",
        "Products/a.webp", "a b.webp", "a\u{0}.webp", "a\\b.webp", "a%2e%2e", "ä.webp", "a\n",
        String(repeating: "a", count: 256),
    ])
    func `a key that could lead elsewhere is none`(_ text: String) {
        #expect(MediaKey(text) == nil)
    }

    @Test func `a key is named after its content`() throws {
        let key = try #require(MediaKey(folder: "products", content: Array("abc".utf8), fileExtension: "webp"))
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(key.description == "products/ba/78/\(digest).webp")
        #expect(key.contentType == "image/webp")
        #expect(MediaKey(folder: "../x", content: [], fileExtension: "webp") == nil)
    }

    @Test func `both stores keep, find, replace and delete`() async throws {
        try await withTemporaryFolder { folder in
            try await walk(DiskMediaStore(root: folder + "/not/yet/there"))
            try await walk(MemoryMediaStore())
        }
    }

    private func walk(_ store: any MediaStore) async throws {
        let key = try await store.store(Array("one".utf8), in: "products", fileExtension: "png")
        #expect(try await store.exists(key))
        let first = try #require(try await store.read(key))
        #expect((first.bytes, first.contentType) == (Array("one".utf8), "image/png"))
        #expect(first.etag.count == 34 && first.etag.hasPrefix("\"") && first.etag.hasSuffix("\""))
        try await store.write([], to: key)
        let second = try #require(try await store.read(key))
        #expect(second.bytes.isEmpty)
        #expect(second.etag != first.etag)
        try await store.delete(key)
        try await store.delete(key)
        #expect(try await store.read(key) == nil)
        #expect(try await store.exists(key) == false)
        await #expect(throws: MediaError.invalidKey) { try await store.store([1], in: "..", fileExtension: "png") }
    }

    @Test func `a folder's files are listed in order, a part at a time`() async throws {
        try await withTemporaryFolder { folder in
            for store in [DiskMediaStore(root: folder), MemoryMediaStore()] as [any MediaStore] {
                #expect(try await store.entries(in: "products", after: nil, limit: 10).isEmpty)
                let names = ["products/a/z.webp", "products/a.b/c.webp", "products/a-b/c.webp", "products/b.webp"]
                for name in names + ["categories/a.webp", "productsx/a.webp"] {
                    try await store.write([1], to: try #require(MediaKey(name)))
                }
                var (found, last): ([MediaKey], MediaKey?) = ([], nil)
                while let next = try await store.entries(in: "products", after: last, limit: 1).first {
                    found.append(next.key)
                    last = next.key
                }
                #expect(found.map(\.description) == [names[0], names[2], names[1], names[3]])
                let all = try await store.entries(in: "products", after: nil, limit: 10)
                #expect(all.map(\.key) == found)
                let now = TimeSource.machine.now
                #expect(all.allSatisfy { $0.writtenAt > now - .minutes(5) && $0.writtenAt < now + .minutes(5) })
            }
        }
    }

    @Test func `a file on disk is whole, readable by all and leaves no draft behind`() async throws {
        try await withTemporaryFolder { folder in
            let store = DiskMediaStore(root: folder)
            let bytes = [UInt8](repeating: 7, count: 3_000_000)
            let key = try #require(MediaKey("products/ab/cd/file.webp"))
            try await store.write(bytes, to: key)
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/products/ab/cd/file.webp")
            #expect(attributes[.posixPermissions] as? Int == 0o644)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/products/ab/cd") == ["file.webp"])
            #expect(try await store.read(key)?.bytes == bytes)
        }
    }

    @Test func `readers see the old file or the new one while it is replaced`() async throws {
        try await withTemporaryFolder { folder in
            let store = DiskMediaStore(root: folder)
            let key = try #require(MediaKey("race.bin"))
            let old = [UInt8](repeating: 1, count: 200_000)
            let new = [UInt8](repeating: 2, count: 300_000)
            try await store.write(old, to: key)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for turn in 0..<20 { try await store.write(turn.isMultiple(of: 2) ? new : old, to: key) }
                }
                group.addTask {
                    for _ in 0..<200 {
                        let seen = try await store.read(key)?.bytes
                        #expect(seen == old || seen == new)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a failed write keeps the old state and leaves no draft`() async throws {
        try await withTemporaryFolder { folder in
            let store = DiskMediaStore(root: folder)
            try FileManager.default.createDirectory(atPath: folder + "/taken.png", withIntermediateDirectories: true)
            let key = try #require(MediaKey("taken.png"))
            await #expect(throws: MediaError.self) { try await store.write([1], to: key) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken.png"])
            #expect(try await store.read(key) == nil)
            let below = try #require(MediaKey("plain/file.png"))
            try await store.write([1], to: try #require(MediaKey("plain")))
            await #expect(throws: MediaError.self) { try await store.write([1], to: below) }
            #expect(try await store.exists(below) == false)
        }
    }

    @Test func `a link in the folder is not followed`() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link.png", withDestinationPath: "/etc/passwd")
            let key = try #require(MediaKey("link.png"))
            #expect(try await DiskMediaStore(root: folder).read(key) == nil)
            #expect(try await DiskMediaStore(root: folder).exists(key) == false)
        }
    }
}
