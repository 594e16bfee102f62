/// An error of a database: it refused or failed to run a statement.
///
/// `description` is for logs: it may name tables and columns, never values, and is never sent to a client.
public struct SQLError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The cause, in terms that both databases share.
    public enum Kind: Sendable, Hashable {
        /// A unique key already holds the value.
        case unique
        /// A row that is referred to does not exist, or one that is referred to would vanish.
        case foreignKey
        /// A CHECK constraint was violated.
        case check
        /// A NULL where the column allows none.
        case notNull
        /// A value does not fit its column.
        case outOfRange
        /// The database ended this transaction in favor of another (deadlock, serialization, certification): run it
        /// again.
        case conflict
        /// A lock was not granted in time.
        case lockTimeout
        /// No space is left where the database is stored.
        case diskFull
        /// The database cannot be reached, or the connection was lost.
        case unavailable
        /// A column was read as a type that it does not hold.
        case decoding
        /// The statement took longer than it may.
        case interrupted
        /// Anything else: a statement that does not compile, a corrupt file.
        case other
    }

    /// The cause, by which callers decide.
    public let kind: Kind
    /// The vendor's own number: SQLite's extended result code, MySQL's error number; 0 where there is none.
    public let code: Int
    /// The name of the violated constraint or of its columns; nil where the database does not say it.
    public let constraint: String?
    /// The vendor's message or our own, without values of rows.
    public let message: String
    /// Whether the driver has logged, once for all that meet it, that the server is gone or its disk full.
    public private(set) var isOutage = false

    /// Creates an error of a driver, or one found while decoding.
    public init(_ kind: Kind, code: Int = 0, constraint: String? = nil, message: String) {
        self.kind = kind
        self.code = code
        self.constraint = constraint
        self.message = message
    }

    /// This error as a part of an outage that the driver has logged.
    public var duringOutage: Self {
        var error = self
        error.isOutage = true
        return error
    }

    /// One line for the log.
    public var description: String {
        (code == 0 ? "\(kind): " : "\(kind) (\(code)): ") + message + (constraint.map { " [\($0)]" } ?? "")
    }

    static func decoding(_ value: SQLValue, as type: String) -> Self {
        let found =
            switch value {
            case .null: "NULL"
            case .integer: "an integer"
            case .real: "a real"
            case .text: "a text"
            case .blob: "a blob"
            }
        return Self(.decoding, message: "\(found) was read as \(type)")
    }
}

extension Error {
    /// Whether this is a database's error during an outage that its driver has logged: it need not be logged again.
    public var isOutage: Bool { (self as? SQLError)?.isOutage ?? false }
}
