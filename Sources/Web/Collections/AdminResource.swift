import Commerce
import Primitives
import SQL

/// A table that staff edit row by row through `ResourceEndpoints`: tax rates, shipping methods, coupons.
public protocol AdminResource: Sendable {
    /// The type of a row's id.
    associatedtype ID: Identifier
    /// A row as it is written; also what a new one starts from.
    associatedtype Row: Sendable
    /// The filters of a list.
    associatedtype Filter: Sendable
    /// The keys that a list can be ordered by; their raw values are the wire's names.
    associatedtype SortKey: RawRepresentable<String> & CaseIterable & Hashable & Sendable
    /// A row as it is shown.
    associatedtype Body: ResponseBody

    /// A new row before its fields are set.
    var blank: Row { get }
    /// The order of a list that names none.
    static var defaultOrdering: Ordering<SortKey> { get }

    /// Reads the fields of a row.
    static func change(_ fields: Fields) -> Change<Row>
    /// Reads the filters of a list.
    static func filter(_ fields: Fields) -> Filter
    /// Returns the number that moves on with each change of the row, for `If-Match`.
    static func version(of row: Row) -> Int

    /// Counts the rows that the filter finds.
    ///
    /// - Throws: `SQLError`.
    func count(_ filter: Filter, _ connection: Connection) throws -> Int
    /// Reads a page of the rows that the filter finds.
    ///
    /// - Throws: `SQLError`.
    func rows(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Row]
    /// Finds the row with an id; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    func find(_ id: ID, _ connection: Connection) throws -> Row?

    /// Inserts a row and returns its id.
    ///
    /// - Throws: `ValidationError` where the fields contradict each other or name what does not exist, `SQLError`.
    func insert(_ row: Row, in tx: Transaction) throws -> ID
    /// Writes the row and raises its version; returns false where the stored version is another one.
    ///
    /// - Throws: `ValidationError` as `insert` does, `SQLError`.
    func update(_ row: Row, in tx: Transaction) throws -> Bool
    /// Deletes the row.
    ///
    /// - Throws: a `BusinessError` where the row has to stay, `SQLError`.
    func delete(_ row: Row, in tx: Transaction) throws

    /// Returns the row as it is shown.
    func body(of row: Row) -> Body
}

extension AdminResource where Row: TableRow, Row.ID == ID {
    /// A row as its type's `init()` makes it.
    public var blank: Row { Row() }

    /// Returns the row's own version.
    public static func version(of row: Row) -> Int { row.version }

    /// Finds a row of the table as it stands.
    ///
    /// - Throws: `SQLError`.
    public func find(_ id: ID, _ connection: Connection) throws -> Row? { try ResourceQueries.find(id, connection) }

    /// Inserts a row of a table without an alias, made `now`, and returns its id.
    ///
    /// - Throws: `SQLError`, of kind `.unique` where a key is taken; what a column's own `write` throws.
    public func insertRow(_ row: Row, at now: Timestamp, in tx: Transaction) throws -> ID {
        try ResourceQueries.insert(row, at: now, tx)
    }

    /// Writes a row of a table without an alias, changed `now`, and raises its version; returns false where the stored version is
    /// another one.
    ///
    /// - Throws: `SQLError`, of kind `.unique` where a key is taken; what a column's own `write` throws.
    public func updateRow(_ row: Row, at now: Timestamp, in tx: Transaction) throws -> Bool {
        try ResourceQueries.update(row, at: now, tx)
    }

    /// Deletes a row that no other row refers to.
    ///
    /// - Throws: `SQLError` of kind `.foreignKey` where one does.
    public func delete(_ row: Row, in tx: Transaction) throws { try deleteRow(row.id, in: tx) }

    /// Deletes the row with an id: the default of `delete(_:in:)`.
    ///
    /// - Throws: `SQLError` of kind `.foreignKey` where something hangs on it.
    public func deleteRow(_ id: ID, in tx: Transaction) throws { try ResourceQueries.delete(id, of: Row.self, tx) }
}

extension AdminResource where Row: TableRow, Filter: RowFilter {
    /// Counts the rows that the filter finds.
    ///
    /// - Throws: `SQLError`.
    public func count(_ filter: Filter, _ connection: Connection) throws -> Int {
        try ResourceQueries.count(of: Row.self, filter, connection)
    }
}

extension AdminResource where Row: TableRow, Filter: RowFilter, SortKey: SQLName {
    /// Reads a page of the rows that the filter finds.
    ///
    /// - Throws: `SQLError`.
    public func rows(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Row] {
        try ResourceQueries.rows(filter, by: order, page, connection)
    }
}

extension AdminResource {
    /// Runs `write` and turns a violated unique key into an error on `field`. `noun` names the kind of row, without an
    /// article.
    ///
    /// - Throws: `ValidationError` on `field` where the key is taken, whatever else `write` throws.
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

/// The query of a list of rows.
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
