import AppHarness
import Catalog
import Commerce
import Jobs
import Logging
import Outbound
import Pictures
import Primitives
import SQL
import TestSupport
import Testing

@testable import Merchandising

/// Pictures that a table names by their addresses.
@Suite(.timeLimit(.minutes(5)))
struct PictureFetchTests {
    @Test(arguments: Backend.available)
    func `pictures are fetched behind the import, once, and none from private networks`(_ backend: Backend) async throws
    {
        let peer = try OutboundPeer("http_peer.py")
        let base = "http://127.0.0.1:\(peer.greeting.port)/"
        let client = HTTPClient(threads: try TransferThreads(count: 1))
        let file = """
            sku,name,category,price,pictures
            A,A,lampen,1,\(base)picture/10 \(base)picture/200
            B,B,lampen,1,\(base)status/404
            C,C,lampen,1,\(base)bytes/30

            """
        try await withCatalog(backend) { shop in
            _ = try await shop.category("Lampen")
            let first = try await shop.arrived(.products, Array(file.utf8))
            #expect(first.counts.created == 3 && first.status == .finished)
            #expect(try await shop.gallery("A").isEmpty)
            try await shop.fetchPictures(by: client, allowed: [])
            #expect(try await shop.gallery("A").isEmpty)
            #expect(try await JobQueue(shop.database).counts().dead == 4)

            let again = try await shop.arrived(.products, Array(file.utf8))
            #expect(again.counts.unchanged == 3)
            try await shop.fetchPictures(by: client, allowed: [try #require(PeerNetwork("127.0.0.0/8"))])
            let pictures = try await shop.gallery("A")
            #expect(pictures.count == 2 && pictures.map(\.displayOrder) == [0, 1])
            #expect(Set(pictures.map(\.key)).count == 2 && pictures.allSatisfy { $0.width == 8 })
            #expect(try await [shop.gallery("B"), shop.gallery("C")].allSatisfy(\.isEmpty))
            #expect(try await JobQueue(shop.database).counts().dead == 6)

            _ = try await shop.arrived(.products, Array(file.utf8))
            try await shop.fetchPictures(by: client, allowed: [try #require(PeerNetwork("127.0.0.0/8"))])
            #expect(try await shop.gallery("A") == pictures)
        }
    }

    @Test(arguments: [
        ("lamp.jpg", "\"lamp.jpg\" is no address."), ("ftp://example.com/a.jpg", "\"ftp://example.com/a.jpg\" is no"),
        ("https:///a.jpg", "\"https:///a.jpg\" is no address."),
        ((1...21).map { "https://example.com/\($0).jpg" }.joined(separator: " "), "A product takes 20 addresses"),
    ])
    func `what is no address of a picture is refused`(_ cell: String, _ reason: String) async throws {
        try await withCatalog(.sqlite) { shop in
            _ = try await shop.category("Lampen")
            let file = "sku,name,category,price,pictures\nA,A,lampen,1,\(cell)\n"
            let done = try await shop.arrived(.products, Array(file.utf8))
            let reasons = try await shop.refusals(of: done.id)
            #expect(reasons.count == 1 && reasons[0].hasPrefix("pictures: " + reason), "\(reasons)")
        }
    }
}

extension CatalogFixture {
    /// Runs the jobs that fetch pictures and make their sizes.
    fileprivate func fetchPictures(by client: HTTPClient, allowed: [PeerNetwork]) async throws {
        let fetcher = PictureFetcher(
            database: database, time: clock.source, client: client, studio: studio, jobs: jobs, limit: 1 << 20,
            allowed: allowed)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let handlers = [fetcher.handler, MakePictureSizes.handler(studio)]
        try await JobRunner(jobs, handlers: handlers, logger: logger).drain()
    }

    /// The pictures of the product with this SKU, in their order.
    fileprivate func gallery(_ sku: String) async throws -> [ProductImage] {
        try await database.read { connection in
            guard let found = try CatalogRecordQueries.sellable(sku: sku, connection) else { return [] }
            return try ImageQueries.all(of: found.product, connection)
        }
    }
}
