/// The rows of one page of a list and the number of rows of the whole list, as services return them.
public struct PageRows<Row: Sendable>: Sendable {
    /// The number of rows of the whole list.
    public let count: Int
    /// The rows of this page.
    public let rows: [Row]

    /// Creates the rows of `page`, asking for them only where a list of `count` has some there.
    ///
    /// - Throws: `NotFound` where it has not, and what `rows` throws.
    public init(count: Int, _ page: PageRequest, _ rows: () throws -> [Row]) throws {
        try page.check(count)
        self.count = count
        self.rows = count == 0 ? [] : try rows()
    }
}

extension Page {
    /// Creates the page of `request` with each of `found` as `body` shows it.
    ///
    /// - Throws: what `body` throws.
    public init<Row>(
        _ found: PageRows<Row>, _ page: PageRequest, of request: APIRequest, _ body: (Row) throws -> Item
    ) throws {
        try self.init(try found.rows.map(body), count: found.count, page, of: request)
    }
}
