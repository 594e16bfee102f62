import Commerce
import Primitives
import SQL

/// Which page of a list is asked for: `?page=2&page_size=20`.
public struct PageRequest: Sendable, Hashable {
    /// At most so many items a page.
    public static let maxSize = 100
    public static let defaultSize = 20

    /// Counted from 1; nil where the query says what is no page.
    public let number: Int?
    public let size: Int

    public init(number: Int? = 1, size: Int = PageRequest.defaultSize) {
        self.number = number
        self.size = size
    }

    /// How many items come before this page.
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
    /// The `page` and `page_size` of a list: a size that is no number is the default, one above 100 is 100.
    public func page() -> PageRequest {
        record("page", .integer(1...1_000_000), isRequired: false)
        record("page_size", .integer(1...PageRequest.maxSize), isRequired: false)
        let size = raw("page_size")?.numeral.flatMap { Int($0) } ?? PageRequest.defaultSize
        let number = raw("page").map { $0.numeral.flatMap { Int($0) } } ?? 1
        return PageRequest(
            number: number.flatMap { (1...1_000_000_000).contains($0) ? $0 : nil },
            size: size < 1 ? PageRequest.defaultSize : min(size, PageRequest.maxSize))
    }

    /// The `ordering` of a list: a name of `Key`, with `-` before it for the other direction.
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

/// What a list is ordered by.
public struct Ordering<Key: Sendable & Hashable>: Sendable, Hashable {
    public let key: Key
    public let descending: Bool

    public init(_ key: Key, descending: Bool = false) {
        self.key = key
        self.descending = descending
    }

    /// `ASC` or `DESC`.
    public var direction: Query { descending ? "DESC" : "ASC" }
}

/// A page of a list in Django REST Framework's envelope.
public struct Page<Item: Codable & Sendable>: ResponseBody {
    public let count: Int
    /// The whole URL of the next page, nil on the last.
    public let next: String?
    public let previous: String?
    public let results: [Item]

    /// - Throws: `NotFound` where the list has no such page.
    public init(_ results: [Item], count: Int, _ page: PageRequest, of request: APIRequest) throws {
        try page.check(count)
        let number = page.number ?? 1
        self.count = count
        self.results = results
        self.next = number * page.size < count ? Self.link(to: number + 1, request) : nil
        self.previous = number > 1 ? Self.link(to: number - 1, request) : nil
    }

    /// The same, its items asked for only where the list has such a page.
    ///
    /// - Throws: `NotFound` where it has not, and what `results` throws.
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
    public let page: PageRequest

    public init(_ fields: Fields) {
        page = fields.page()
    }
}
