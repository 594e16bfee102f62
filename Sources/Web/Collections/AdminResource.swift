import Commerce
import SQL

/// The rows of a table that staff keep by hand, for the endpoints of a `ResourceEndpoints`: tax rates, shipping methods, coupons.
public protocol AdminResource: Sendable {
    associatedtype ID: Identifier
    /// A row as it is written; also what a new one starts from.
    associatedtype Row: Sendable
    associatedtype Filter: Sendable
    associatedtype SortKey: RawRepresentable<String> & CaseIterable & Hashable & Sendable
    associatedtype Body: ResponseBody

    /// What a new row is before its fields are set.
    var blank: Row { get }
    /// The order of a list that names none.
    static var defaultOrdering: Ordering<SortKey> { get }

    /// Reads the fields of a row.
    static func change(_ fields: Fields) -> Change<Row>
    /// Reads the filters of a list.
    static func filter(_ fields: Fields) -> Filter
    static func version(of row: Row) -> Int

    func count(_ filter: Filter, _ connection: Connection) throws -> Int
    func rows(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Row]
    func find(_ id: ID, _ connection: Connection) throws -> Row?

    /// - Throws: `ValidationError` where the fields do not go together or name what does not exist.
    func insert(_ row: Row, in tx: Transaction) throws -> ID
    /// Writes the row where it is still at its version, which moves on: false where it is not.
    ///
    /// - Throws: `ValidationError` as `insert` does.
    func update(_ row: Row, in tx: Transaction) throws -> Bool
    /// - Throws: a `BusinessError` where the row has to stay.
    func delete(_ row: Row, in tx: Transaction) throws

    func body(of row: Row) -> Body
}

extension AdminResource where Row: TableRow, Row.ID == ID {
    public var blank: Row { Row() }

    public static func version(of row: Row) -> Int { row.version }

    /// Finds a row of the table as it stands.
    ///
    /// - Throws: `SQLError`.
    public func find(_ id: ID, _ connection: Connection) throws -> Row? { try KeeperQueries.find(id, connection) }

    /// Deletes a row that nothing else hangs on.
    ///
    /// - Throws: `SQLError` of kind `.foreignKey` where something does.
    public func delete(_ row: Row, in tx: Transaction) throws { try deleteRow(row.id, in: tx) }

    /// Deletes the row of an id: what `delete` does where a room does not more.
    ///
    /// - Throws: `SQLError` of kind `.foreignKey` where something hangs on it.
    public func deleteRow(_ id: ID, in tx: Transaction) throws { try KeeperQueries.delete(id, of: Row.self, tx) }
}

extension AdminResource where Row: TableRow, Filter: RowFilter {
    /// Counts the rows that the filter finds.
    ///
    /// - Throws: `SQLError`.
    public func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try KeeperQueries.count(of: Row.self, filter, connection)
    }
}

extension AdminResource where Row: TableRow, Filter: RowFilter, Order: SQLName {
    /// Reads a page of the rows that the filter finds.
    ///
    /// - Throws: `SQLError`.
    public func rows(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Row] {
        try KeeperQueries.rows(filter, by: order, page, connection)
    }
}

extension AdminResource {
    /// Writes a row, saying what is wrong where its key is taken. `noun` is what the row is, without an article.
    ///
    /// - Throws: `ValidationError.taken` on `field`, what `write` throws.
    public func unique<Value>(_ field: String, _ noun: String, _ write: () throws -> Value) throws -> Value {
        do {
            return try write()
        } catch let error as SQLError where error.kind == .unique {
            throw ValidationError.taken(field, by: noun)
        }
    }
}

/// The fields of a row that a request sets.
struct ChangeInput<Resource: AdminResource>: Input {
    let change: Change<Resource.Row>

    init(_ fields: Fields) {
        change = Resource.change(fields)
    }
}

/// Which rows to list.
struct ResourceListInput<Resource: AdminResource>: Input {
    let filter: Resource.Filter
    let ordering: Ordering<Resource.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = Resource.filter(fields)
        ordering = fields.ordering(Resource.defaultOrdering)
        page = fields.page()
    }
}
