import Catalog
import Commerce
import Jobs
import Logging
import Media
import Primitives
import SQL
import Schema
import TestSupport
import Testing

@testable import Pictures

/// The nightly sweep and databases that are not the folder's own.
@Suite struct MediaSweepTests {
    @Test(arguments: Backend.available)
    func `another database takes nothing of a folder that is not its own`(_ backend: Backend) async throws {
        try await withSweep(backend) { own in
            try await own.keep(60)
            try await own.sweep()
            #expect(try await own.files("products", "trash") == [60, 0])
            try await withSweep(backend, media: own.media, clock: own.clock) { other in
                let complaints = try await other.sweep()
                #expect(complaints.count == 1, "\(complaints)")
                #expect(try await own.files("products", "trash") == [60, 0])
            }
            // With its own database again nothing is missing, and a picture that was taken off goes.
            try await own.takeOff(3)
            #expect(try await own.sweep() == [])
            #expect(try await own.files("products", "trash") == [57, 3])
        }
    }

    @Test(arguments: Backend.available)
    func `an older backup, in which more than a tenth is nameless, takes nothing until somebody says so`(
        _ backend: Backend
    ) async throws {
        try await withSweep(backend) { shop in
            try await shop.keep(200)
            try await shop.sweep()
            try await shop.takeOff(21)
            let complaints = try await shop.sweep()
            #expect(complaints == ["sweep_stopped.products: 21 of 200 files are named by nothing in the database"])
            #expect(try await shop.fact(.sweepStopped("products")) != nil)
            #expect(try await shop.files("products") == [200])
            #expect(try await shop.sweep(evenMany: true) == [])
            #expect(try await shop.files("products", "trash") == [179, 21])
            #expect(try await shop.fact(.sweepStopped("products")) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `what is swept lies in the trash for thirty days and is found there by its path`(
        _ backend: Backend
    ) async throws {
        try await withSweep(backend) { shop in
            try await shop.keep(4)
            try await shop.sweep()
            let gone = try await shop.takeOff(1)
            let day = shop.clock.source.now.dayInUTC
            try await shop.sweep()
            let place = try #require(MediaKey("trash/\(day)/\(gone[0])"))
            #expect(try await shop.media.read(place)?.bytes == [0])
            shop.clock.advance(by: .days(30))
            try await shop.sweep()
            #expect(try await shop.media.exists(place))
            shop.clock.advance(by: .days(1))
            try await shop.sweep()
            #expect(try await shop.files("trash", "products") == [0, 3])
        }
    }

    /// Shops of before there were ids, and folders that were brought back without theirs.
    @Test(arguments: Backend.available)
    func `a folder without an id becomes the shop's that names its files, and no other's`(
        _ backend: Backend
    ) async throws {
        try await withSweep(backend) { own in
            try await own.keep(700)
            try await own.takeOff(5)
            try await withSweep(backend, media: own.media, clock: own.clock) { other in
                let complaints = try await other.sweep()
                #expect(complaints.count == 1, "\(complaints)")
                #expect(try await own.ownership.look() == .unmarked)
            }
            #expect(try await own.sweep() == [])
            #expect(try await own.ownership.look() == .agree)
            #expect(try await own.files("products", "trash") == [695, 5])
        }
    }

    @Test(arguments: Backend.available)
    func `a new shop marks its empty folder and leaves a full one to the sweep`(_ backend: Backend) async throws {
        try await withSweep(backend) { shop in
            try await shop.ownership.markIfEmpty()
            #expect(try await shop.ownership.look() == .agree)
            try await withSweep(backend) { other in
                try await other.keep(1)
                try await other.ownership.markIfEmpty()
                #expect(try await other.ownership.look() == .unmarked)
            }
        }
    }

    /// The real folder: names, moves and empty folders.
    @Test func `swept files of a folder on disk move with their paths and leave no empty folders`() async throws {
        try await withTemporaryFolder { folder in
            let store = DiskMediaStore(root: folder)
            let key = try #require(MediaKey("products/ab/cd/one.webp"))
            let other = try #require(MediaKey("products/ef/two.webp"))
            try await store.write([1], to: key)
            try await store.write([2], to: other)
            let now = Timestamp(seconds: 1_800_000_000)
            try await MediaTrash(store: store).take(key, at: now)
            try await MediaTrash(store: store).take(key, at: now)
            let place = try #require(MediaKey("trash/2027-01-15/products/ab/cd/one.webp"))
            #expect(try await store.read(place)?.bytes == [1])
            #expect(try await !store.exists(key))
            #expect(TemporaryFolder.names(folder + "/products") == ["ef"])
            let (gone, next) = try await MediaTrash(store: store).empty(at: now + .days(31), after: nil, limit: 10)
            #expect(gone == 1 && next == nil)
            #expect(TemporaryFolder.names(folder) == ["products"])
        }
    }

    @Test func `a folder that vanishes while another file is written there is made again`() async throws {
        try await withTemporaryFolder { folder in
            let store = DiskMediaStore(root: folder)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        let key = try #require(MediaKey("a/b/\(number)"))
                        let moved = try #require(MediaKey("c/d/\(number)"))
                        for _ in 0..<100 {
                            try await store.write([1], to: key)
                            try await store.move(key, to: moved)
                            #expect(try await store.read(moved)?.bytes == [1])
                            try await store.delete(moved)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(TemporaryFolder.names(folder) == [])
        }
    }

    /// A shop with a folder, whose rows of product pictures are what counts.
    private struct Shop: Sendable {
        let database: any Database
        let media: any MediaStore
        let clock: MovableClock

        var ownership: MediaOwnership { sweeper.ownership }

        private var sweeper: MediaSweep {
            MediaSweep(
                media, database: database, jobs: JobQueue(database, time: clock.source), time: clock.source,
                owners: ["categories": CategoryQueries.referenced, "products": ImageQueries.referenced])
        }

        /// Keeps so many files with their rows, two days old.
        func keep(_ count: Int) async throws {
            let keys = (0..<count).compactMap { MediaKey("products/\($0 % 7)/\($0).webp") }
            for key in keys { try await media.write([0], to: key) }
            let now = clock.source.now
            try await database.write { tx in
                for key in keys {
                    try tx.execute(
                        """
                        INSERT INTO product_images (product_id, image_key, alt_text, display_order, width, height, created_at)
                        VALUES (1, \(key.description), '', 0, 1, 1, \(now))
                        """)
                }
            }
            clock.advance(by: .days(2))
        }

        /// Takes so many pictures off their product and gives their keys.
        @discardableResult
        func takeOff(_ count: Int) async throws -> [String] {
            try await database.write { tx in
                let keys = try tx.column(
                    "SELECT image_key FROM product_images ORDER BY id LIMIT \(count)", as: String.self)
                try tx.execute("DELETE FROM product_images WHERE image_key IN (\(list: keys))")
                return keys
            }
        }

        @discardableResult
        func sweep(evenMany: Bool = false) async throws -> [String] {
            try await sweeper.run(evenMany: evenMany, logger)
        }

        /// Returns how many files each folder has.
        func files(_ folders: String...) async throws -> [Int] {
            var counts: [Int] = []
            for folder in folders {
                counts.append(try await media.entries(in: folder, after: nil, limit: 10_000).count)
            }
            return counts
        }

        func fact(_ fact: ShopFact) async throws -> String? {
            try await database.read { try ShopFactQueries.value(fact, $0) }
        }
    }

    private func withSweep(
        _ backend: Backend, media: (any MediaStore)? = nil,
        clock: MovableClock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000)),
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            _ = try await database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO products (id, name, name_key, slug, sku, short_description, description, price, tax_class,
                    is_active, is_featured, approval_status, is_listed, created_at, updated_at)
                    VALUES (1, 'Lamp', 'lamp', 'lamp', 'L', '', '', 100, 'standard', 1, 0, 'approved', 1, 0, 0)
                    """)
            }
            let store = media ?? MemoryMediaStore(time: clock.source)
            try await body(Shop(database: database, media: store, clock: clock))
        }
    }
}

private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
