import Commerce
import HTTPTypes
import Primitives
import Testing

@testable import Web

/// Pages of lists and the links between them.
@Suite struct PageWalkTests {
    private struct ListInput: Input {
        let page: PageRequest

        init(_ fields: Fields) { page = fields.page() }
    }

    private static func page(of count: Int, _ query: String) throws -> Page<Int> {
        let request = APIRequest(
            method: .get, path: "/api/products/", query: QueryItems(query), baseURL: "https://shop.example.com")
        let page = try InputReader(currency: .usd).read(ListInput.self, from: request).page
        return try Page(count: count, page, of: request) { Array((0..<count).dropFirst(page.offset).prefix(page.size)) }
    }

    @Test(arguments: [(0, 5), (1, 5), (4, 5), (5, 5), (6, 5), (23, 7), (100, 100), (101, 100), (3, 1)])
    func `who follows the links forth and back meets every item once each way`(_ count: Int, _ size: Int) throws {
        var (query, seen, pages) = ("colour=red%20%26%20blue&page_size=\(size)", [Int](), 0)
        var last = try Self.page(of: count, query)
        seen += last.results
        #expect(last.previous == nil)
        while let next = last.next {
            query = String(try #require(next.split(separator: "?").last))
            #expect(next.hasPrefix("https://shop.example.com/api/products/?"))
            #expect(QueryItems(query)["colour"] == "red & blue")
            last = try Self.page(of: count, query)
            seen += last.results
            pages += 1
        }
        #expect(seen == Array(0..<count))
        #expect(pages == max(0, (count + size - 1) / size - 1))
        var back: [Int] = last.results
        while let previous = last.previous {
            last = try Self.page(of: count, String(try #require(previous.split(separator: "?").last)))
            back = last.results + back
        }
        #expect(back == seen)
    }

    @Test(arguments: [
        "page=0", "page=-1", "page=x", "page=3&page_size=10", "page=1.5", "page=99999999999999999999", "page=",
    ])
    func `a page that a list does not have is not found`(_ query: String) {
        #expect(throws: NotFound("Invalid page.")) { try Self.page(of: 20, query) }
    }

    @Test(arguments: [
        ("", 20), ("page_size=7", 7), ("page_size=100", 100), ("page_size=101", 100), ("page_size=0", 20),
        ("page_size=-3", 20),
        ("page_size=x", 20), ("page_size=", 20), ("page_size=1e2", 20),
    ])
    func `a size is what was asked for within its bounds, else the one that all lists have`(
        _ query: String, _ size: Int
    ) throws {
        #expect(try Self.page(of: 500, query).results.count == size)
    }

    @Test func `the first page of an empty list is there`() throws {
        let page = try Self.page(of: 0, "page=1")
        #expect(page.count == 0 && page.results.isEmpty && page.next == nil && page.previous == nil)
    }
}
