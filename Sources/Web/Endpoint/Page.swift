import Commerce
import Primitives
import SQL

/// The page of a list that a request asks for: `?page=2&page_size=20`.
public struct PageRequest: Sendable, Hashable {
    /// The most items a page; more is cut to it.
    public static let maxSize = 100
    /// Items a page where the query names no size.
    public static let defaultSize = 20

    /// The page's number, counted from 1; nil where the query's text is no number.
    public let number: Int?
    /// Items a page, from 1 to `maxSize`.
    public let size: Int

    /// Creates the page `number`, counted from 1.
    public init(number: Int? = 1, size: Int = PageRequest.defaultSize) {
        self.number = number
        self.size = size
    }

    /// The number of items before this page.
    public var offset: Int { ((number ?? 1) - 1) * size }

    /// The `LIMIT` and `OFFSET` of this page.
    public var limit: Query { "LIMIT \(size) OFFSET \(offset)" }

    /// Refuses a page that a list of `count` items does not have; the first page always exists.
    ///
    /// - Throws: `NotFound` with Django REST Framework's words.
    public func check(_ count: Int) throws {
        guard let number, number == 1 || (number - 1) * size < count else { throw NotFound("Invalid page.") }
    }
}

extension Fields {
    /// Reads the `page` and `page_size` of a list: a size that is no number is the default, one above 100 is 100.
    public func page() -> PageRequest {
        record("page", .integer(1...1_000_000), isRequired: false)
        record("page_size", .integer(1...PageRequest.maxSize), isRequired: false)
        let size = raw("page_size")?.numeral.flatMap { Int($0) } ?? PageRequest.defaultSize
        let number = raw("page").map { $0.numeral.flatMap { Int($0) } } ?? 1
        return PageRequest(
            number: number.flatMap { (1...1_000_000_000).contains($0) ? $0 : nil },
            size: size < 1 ? PageRequest.defaultSize : min(size, PageRequest.maxSize))
    }

    /// Reads the `search` of a list, at most 254 characters; nil where it is blank.
    public func search() -> String? {
        optionalString("search", length: 0...254).map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the `ordering` of a list: a raw value of `Key`, with `-` before it for descending order.
    public func ordering<Key: RawRepresentable<String> & CaseIterable & Sendable>(
        _ fallback: Ordering<Key>
    ) -> Ordering<Key> {
        read(
            "ordering", .optional(fallback), .choice(of: Key.allCases.flatMap { [$0.rawValue, "-" + $0.rawValue] }),
            standIn: fallback, isBlank: Self.isBlank
        ) { sent in
            guard case .string(let text) = sent else { return .refused("Not a valid string.") }
            let name = text.after("-")
            guard let key = Key(rawValue: name.map(String.init) ?? text) else {
                return .refused("\"\(text)\" is not a valid choice.")
            }
            return .value(Ordering(key, descending: name != nil))
        }
    }
}

/// The order of a list.
public struct Ordering<Key: Sendable & Hashable>: Sendable, Hashable {
    /// The key to order by.
    public let key: Key
    /// Whether the largest comes first.
    public let descending: Bool

    /// Creates an ascending order, unless `descending` says otherwise.
    public init(_ key: Key, descending: Bool = false) {
        self.key = key
        self.descending = descending
    }

    /// `ASC` or `DESC`.
    public var direction: Query { descending ? "DESC" : "ASC" }
}

/// A page of a list in Django REST Framework's envelope.
public struct Page<Item: Codable & Sendable>: ResponseBody {
    /// The number of items of the whole list.
    public let count: Int
    /// The whole URL of the next page, nil on the last.
    public let next: String?
    /// The whole URL of the page before, nil on the first.
    public let previous: String?
    /// The items of this page.
    public let results: [Item]

    /// Creates the page with these results of a list of `count` items.
    ///
    /// - Throws: `NotFound` where the list has no such page.
    public init(_ results: [Item], count: Int, _ page: PageRequest, of request: APIRequest) throws {
        try page.check(count)
        let number = page.number ?? 1
        self.count = count
        self.results = results
        self.next = number * page.size < count ? Self.link(to: number + 1, request) : nil
        self.previous = number > 1 ? Self.link(to: number - 1, request) : nil
    }

    /// Creates a page whose items are read by `results`, and only where the list has such a page.
    ///
    /// - Throws: `NotFound` where it has none, and what `results` throws.
    public init(
        count: Int, _ page: PageRequest, of request: APIRequest, _ results: () throws -> [Item]
    ) throws {
        try page.check(count)
        try self.init(try results(), count: count, page, of: request)
    }

    private static func link(to number: Int, _ request: APIRequest) -> String {
        request.baseURL + request.path + "?" + request.query.setting("page", to: String(number))
    }
}

/// The input of a list that takes nothing but a page.
public struct PageInput: Input {
    /// The page that is asked for.
    public let page: PageRequest

    /// Reads `page` and `page_size`.
    public init(_ fields: Fields) {
        page = fields.page()
    }
}
