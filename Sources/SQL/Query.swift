/// A statement whose values are always bound, built by string interpolation.
///
///     let query: Query = "SELECT \(columns) FROM products WHERE id IN (\(list: ids)) AND price < \(limit)"
///
/// `\(value)` binds, `\(list:)` binds each element, `\(fragment)` puts in another query, and an enum of names
/// (`SQLName`) puts in an identifier. There is no interpolation that takes raw text: the only text in a query is the
/// text of the source file.
public struct Query: Sendable, Hashable {
    /// The text with `?` where values are bound.
    public private(set) var text: String
    /// The bound values, in the order of their places.
    public private(set) var values: [SQLValue]

    /// A query without text, as a condition that is left out.
    public static let empty = Query(text: "", values: [])

    private init(text: String, values: [SQLValue]) {
        self.text = text
        self.values = values
    }

    /// Creates a statement from the source, with nothing bound.
    public init(_ text: StaticString) {
        self.text = text.description
        self.values = []
    }

    /// A statement that the package itself renders (DDL): never reachable from outside.
    init(rendered text: String) {
        self.text = text
        self.values = []
    }

    /// Returns the texts and values of both, without a separator.
    public static func + (left: Query, right: Query) -> Query {
        Query(text: left.text + right.text, values: left.values + right.values)
    }

    /// Whether there is no text.
    public var isEmpty: Bool { text.isEmpty }
}

/// A closed set of identifiers that may stand in a query: columns to order by, tables of a family.
public protocol SQLName: Sendable {
    /// The identifier as SQL, of the source's own making.
    var sqlName: StaticString { get }
}

extension Query: ExpressibleByStringInterpolation {
    /// Creates a statement from the source, with nothing bound.
    public init(stringLiteral text: StaticString) {
        self.init(text)
    }

    /// Creates a statement with its bound values.
    public init(stringInterpolation: Interpolation) {
        self.init(text: stringInterpolation.text, values: stringInterpolation.values)
    }

    /// The parts of an interpolated statement, in order.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var values: [SQLValue] = []

        /// Reserves memory for the text and values.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 2)
            values.reserveCapacity(interpolationCount)
        }

        /// Appends text of the source file.
        public mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some SQLEncodable) {
            text += "?"
            values.append(value.sqlValue)
        }

        /// Binds a value, or `NULL` for nil.
        public mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            text += "?"
            values.append(value.sqlValue)
        }

        /// Appends an identifier.
        public mutating func appendInterpolation(_ name: some SQLName) {
            text += name.sqlName.description
        }

        /// Appends another query with its bound values.
        public mutating func appendInterpolation(_ query: Query) {
            text += query.text
            values += query.values
        }

        /// Binds each element, separated by commas. An empty list is a query that finds nothing, so that `IN (…)` holds
        /// for no row and `NOT IN (…)` for each. The number of places is padded to the next power of two with the last
        /// element, so that few texts serve all lengths.
        public mutating func appendInterpolation(list elements: some Collection<some SQLEncodable>) {
            let bound = elements.map(\.sqlValue)
            guard let last = bound.last else {
                text += "SELECT NULL FROM (SELECT 1 AS one) no_rows WHERE one = 0"
                return
            }
            var places = 1
            while places < bound.count { places *= 2 }
            text += "?" + String(repeating: ", ?", count: places - 1)
            values += bound + Array(repeating: last, count: places - bound.count)
        }

        /// Binds rows of values for a multi-row INSERT: `(?, ?), (?, ?)`.
        ///
        /// - Throws: `SQLError` where there is no row, or a row has another number of values than the first.
        public mutating func appendInterpolation(rows: [[SQLValue]]) throws(SQLError) {
            guard let width = rows.first?.count else { throw Self.noRows }
            guard rows.allSatisfy({ $0.count == width }) else {
                throw SQLError(.other, message: "the rows of one INSERT have different numbers of values")
            }
            let row = Self.places(width)
            text += row + String(repeating: ", " + row, count: rows.count - 1)
            values += rows.lazy.flatMap { $0 }
        }

        static var noRows: SQLError { SQLError(.other, message: "an INSERT was given no rows") }

        static func places(_ count: Int) -> String { "(?" + String(repeating: ", ?", count: count - 1) + ")" }

        mutating func append(_ text: String, _ values: [SQLValue]) {
            self.text += text
            self.values += values
        }
    }
}

/// Prints the text and the number of values only: bound values are personal data and belong in no log.
extension Query: CustomStringConvertible, CustomReflectable {
    /// The text, and the number of values where there are any.
    public var description: String {
        values.isEmpty ? text : "\(text) [\(values.count) \(values.count == 1 ? "value" : "values")]"
    }

    /// The same for `dump` and for tests that show what they compared.
    public var customMirror: Mirror { Mirror(self, children: ["text": text, "values": values.count]) }
}

extension Sequence<Query> {
    /// Returns the queries of this sequence with `separator` between them, without the empty ones.
    public func joined(by separator: Query) -> Query {
        var joined = Query.empty
        for query in self where !query.isEmpty {
            joined = joined.isEmpty ? query : joined + separator + query
        }
        return joined
    }
}
