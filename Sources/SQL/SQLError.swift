/// What a database refused or failed to do.
///
/// `description` is for logs: it may name tables and columns, never values, and is never sent to a client.
public struct SQLError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// A unique key already holds the value.
        case unique
        /// A row that is referred to does not exist, or one that is referred to would vanish.
        case foreignKey
        /// A CHECK constraint said no.
        case check
        /// A NULL where the column allows none.
        case notNull
        /// A value does not fit its column.
        case outOfRange
        /// The database chose this transaction to give way (deadlock, serialisation, certification): run it again.
        case conflict
        /// A lock was not granted in time.
        case lockTimeout
        /// No space is left where the database lives.
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

    public let kind: Kind
    /// The vendor's own number: SQLite's extended result code, MySQL's error number; 0 where there is none.
    public let code: Int
    /// The name of the violated constraint or its columns, where the database says it.
    public let constraint: String?
    public let message: String

    public init(_ kind: Kind, code: Int = 0, constraint: String? = nil, message: String) {
        self.kind = kind
        self.code = code
        self.constraint = constraint
        self.message = message
    }

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
