import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Media
import Pictures
import Primitives
import TestSupport
import Testing

@Suite struct CatalogPictureTests {
    private static func png(_ width: Int, _ height: Int) throws -> [UInt8] {
        let rgb = (0..<width * height).flatMap { pixel -> [UInt8] in [UInt8(pixel % 251), UInt8(pixel % 13), 90] }
        return try ImageCodec.encodePNG(rgb: rgb, width: width, height: height)
    }

    @Test(arguments: Backend.available)
    func `a picture is kept as WebP and shown by its whole URL`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            let wide = try await shop.upload(
                "/api/products/lamp/images/", try Self.png(1_600, 400), fields: ["alt_text": "A lamp"])
            #expect(wide.status == 201 && wide.json.int("width") == 1_200 && wide.json.int("height") == 300)
            #expect(wide.json.text("alt_text") == "A lamp")
            let url = wide.json.text("image")
            let key = try #require(MediaKey(String(url.dropFirst("http://shop.test/media/".count))))
            let kept = try #require(shop.media.read(key))
            #expect(try ImageCodec.probe(kept.bytes).format == .webp)
            let item = try await shop.call(.get, "/api/products/")["results"]?.elements.first
            #expect(item?.text("image") == url)

            let small = try await shop.upload("/api/products/lamp/images/", try Self.png(20, 10))
            #expect(small.json.int("display_order") == 1)
            let target = "/api/products/lamp/images/\(wide.json.int("id"))/"
            let moved = try await shop.call(.patch, target, .object(["display_order": .number("5")]))
            #expect(moved.status == 200 && moved.json.text("alt_text") == "A lamp")
            let shown = try await shop.call(.get, "/api/products/lamp/")
            #expect(shown["images"]?.elements.map { $0.int("id") } == [small.json.int("id"), wide.json.int("id")])
            #expect(shown.json.text("image") == small.json.text("image"))
            for image in [small, wide] {
                let target = "/api/products/lamp/images/\(image.json.int("id"))/"
                #expect(try await shop.call(.delete, target).status == 204)
            }
            #expect(try await shop.call(.get, "/api/products/lamp/")["image"] == .null)
        }
    }

    @Test(arguments: Backend.available)
    func `a job makes a picture's smaller sizes, once`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            let made = try await shop.upload("/api/products/lamp/images/", try Self.png(1_000, 500))
            let sizes = made["sizes"]
            #expect(sizes?["1200"] == made["image"] && shop.media.count == 1)
            for _ in 0..<2 {
                try await shop.drainJobs()
                #expect(shop.media.count == 3)
            }
            for (name, width, height) in [("160", 160, 80), ("480", 480, 240), ("1200", 1_000, 500)] {
                let url = sizes?.text(name) ?? ""
                let key = try #require(MediaKey(String(url.dropFirst((CatalogFixture.base + "/media/").count))))
                let probe = try ImageCodec.probe(try #require(shop.media.read(key)).bytes)
                #expect(probe.width == width && probe.height == height && probe.format == .webp, "\(name): \(probe)")
                let original = PictureSize.original(of: key.description)
                #expect(original == (name == "1200" ? nil : PictureSize.large.key(of: original ?? "")))
            }
            let again = try await shop.upload("/api/products/lamp/images/", try Self.png(1_000, 500))
            try await shop.drainJobs()
            #expect(again.status == 201 && shop.media.count == 3)
        }
    }

    @Test(arguments: Backend.available)
    func `files that no picture names go after a day, in every size`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            let kept = try await shop.upload("/api/products/lamp/images/", try Self.png(300, 200))
            let gone = try await shop.upload("/api/products/lamp/images/", try Self.png(200, 300))
            let onCategory = try await shop.upload("/api/categories/all/image/", try Self.png(120, 90))
            #expect(onCategory.status == 200)
            try await shop.drainJobs()
            #expect(shop.pictures == 9)
            let target = "/api/products/lamp/images/\(gone.json.int("id"))/"
            #expect(try await shop.call(.delete, target).status == 204)
            // What a broken upload leaves: a file and no row.
            _ = try await shop.studio.store(try Self.png(50, 50), in: "products")
            for (wait, count) in [(TimeSpan.hours(23), 10), (.hours(2), 6)] {
                shop.clock.advance(by: wait)
                try await shop.sweepMedia()
                #expect(shop.pictures == count)
            }
            // The same file again is young again, until its row is there.
            _ = try await shop.studio.store(try Self.png(50, 50), in: "products")
            try await shop.sweepMedia()
            #expect(shop.pictures == 7)
            for picture in [kept, onCategory] {
                let key = try #require(
                    MediaKey(String(picture.json.text("image").dropFirst(CatalogFixture.base.count + 7))))
                #expect(shop.media.exists(key))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a variant has pictures of its own among those of its product`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            let made = try await shop.product(
                "Lamp", sku: "L", in: category,
                ["variants": .array(["L-1", "L-2"].map { .object(["sku": .string($0)]) })])
            let ids = made["variants"]?.elements.map { $0.int("id") } ?? []
            let path = "/api/products/lamp/images/"
            _ = try await shop.upload(path, try Self.png(30, 30))
            let own = try await shop.upload(path, try Self.png(40, 40), fields: ["variant_id": "\(ids[1])"])
            #expect(own.status == 201 && own.json.int("variant_id") == ids[1])
            var shown = try await shop.call(.get, "/api/products/lamp/")
            #expect(shown["images"]?.elements.map { $0["variant_id"] } == [.null, .number("\(ids[1])")])
            #expect(shown["variants"]?.elements.map { $0["image"] } == [.null, own["image"]])
            #expect(try await shop.upload(path, try Self.png(9, 9), fields: ["variant_id": "777"]).status == 400)
            let image = path + "\(own.json.int("id"))/"
            _ = try await shop.call(.patch, image, .object(["alt_text": .string("still")]))
            #expect(try await shop.call(.get, "/api/products/lamp/")["variants"] == shown["variants"].map { $0 })
            _ = try await shop.call(.patch, image, .object(["variant_id": .null]))
            shown = try await shop.call(.get, "/api/products/lamp/")
            #expect(shown["variants"]?.elements.map { $0["image"] } == [.null, .null])
        }
    }

    @Test(arguments: Backend.available)
    func `what is no picture is refused and nothing is kept`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            let whole = try Self.png(40, 40)
            let bad: [[UInt8]] = [
                Array("<svg onload=\"alert(1)\"/>".utf8), Array(whole.prefix(60)), [], try Self.png(1_200, 1_200),
            ]
            for bytes in bad {
                let answer = try await shop.upload("/api/products/lamp/images/", bytes)
                #expect(answer.status == 400 && answer["image"] != nil)
            }
            let zip: [UInt8] = [0x50, 0x4B, 0x05, 0x06] + Array(repeating: 0, count: 18)
            let disguised: [[UInt8]] = [
                whole + zip, whole + Array(repeating: 7, count: 5_000) + zip + [1, 2, 3],
                whole + Array("<ScRiPt>alert(1)</script>".utf8), whole + Array("<?php system($_GET[0]); ?>".utf8),
                MediaFixtures.jpeg + Array("<!DOCTYPE html><p>".utf8),
                whole.prefix(40) + Array("%PDF-1.7".utf8) + whole,
            ]
            for bytes in disguised {
                let answer = try await shop.upload("/api/products/lamp/images/", bytes)
                #expect(answer.status == 400 && "\(answer["image"] ?? .null)".contains("something else"))
            }
            for name in ["../../etc/passwd", "..\\\\evil.png", "/tmp/a.png", "a/b.png"] {
                let answer = try await shop.upload("/api/products/lamp/images/", whole, named: name)
                #expect(answer.status == 400 && "\(answer["image"] ?? .null)".contains("path"), "\(name)")
            }
            #expect(try await shop.upload("/api/products/none/images/", whole).status == 404)
            #expect(shop.media.count == 0)
            #expect(try await shop.call(.post, "/api/products/lamp/images/", .object([:])).status == 400)
            #expect(try await shop.call(.get, "/api/products/lamp/")["images"] == .array([]))
        }
    }

    @Test(arguments: Backend.available)
    func `many pictures at once are read one after another`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            _ = try await shop.product("Lamp", sku: "L", in: category)
            let picture = try Self.png(300, 200)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<12 {
                    group.addTask { try await shop.upload("/api/products/lamp/images/", picture).status }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(statuses == [201])
            let images = try await shop.call(.get, "/api/products/lamp/")["images"]?.elements ?? []
            #expect(images.map { $0.int("display_order") }.sorted() == Array(0..<12))
        }
    }

    @Test(arguments: Backend.available)
    func `a category has a picture until it is taken off`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            _ = try await shop.category("All")
            let answer = try await shop.upload("/api/categories/all/image/", try Self.png(8, 8))
            #expect(answer.status == 200 && answer.json.text("image").hasPrefix("http://shop.test/media/categories/"))
            #expect(try await shop.call(.delete, "/api/categories/all/image/").status == 204)
            #expect(try await shop.call(.get, "/api/categories/all/")["image"] == .null)
        }
    }
}
