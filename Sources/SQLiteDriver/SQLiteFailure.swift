import CSQLite
import Primitives
import SQL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Turns SQLite's result codes and messages into `SQLError`.
enum SQLiteFailure {
    enum Moment {
        /// The message can only quote the statement's text.
        case prepare
        /// The message may quote a value (a search term, a JSON document).
        case step
    }

    /// Returns the error that `handle` reports for its last call, which returned `code`.
    static func last(_ handle: OpaquePointer?, code: Int32, at moment: Moment) -> SQLError {
        let said = sqlite3_errmsg(handle).map { String(cString: $0) } ?? ""
        let meaning = sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown"
        let primary = code & 0xFF
        if primary == SQLITE_CONSTRAINT { return constraint(code, said) }
        if primary == SQLITE_IOERR, sqlite3_system_errno(handle) == ENOSPC {
            return SQLError(.diskFull, code: Int(code), message: meaning)
        }
        if primary == SQLITE_ERROR, said == "integer overflow" {
            return SQLError(.outOfRange, code: Int(code), message: said)
        }
        return SQLError(kind(of: code), code: Int(code), message: moment == .prepare ? said : meaning)
    }

    private static func kind(of code: Int32) -> SQLError.Kind {
        if code == SQLITE_BUSY | (2 << 8) { return .conflict }  // SQLITE_BUSY_SNAPSHOT
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .lockTimeout
        case SQLITE_FULL: return .diskFull
        case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_PERM, SQLITE_NOMEM: return .unavailable
        case SQLITE_INTERRUPT: return .interrupted
        case SQLITE_TOOBIG, SQLITE_MISMATCH: return .outOfRange
        default: return .other
        }
    }

    private static func constraint(_ code: Int32, _ said: String) -> SQLError {
        let subject = said.halves(at: ":").1.map(\.trimmed)
        let kind: SQLError.Kind
        switch code >> 8 {
        case 6, 8, 10: kind = .unique  // PRIMARYKEY, UNIQUE, ROWID
        case 3: kind = .foreignKey
        case 5: kind = .notNull
        case 12: return SQLError(.outOfRange, code: Int(code), constraint: column(ofTypeError: said), message: said)
        case 1:
            if let column = column(ofLengthRule: subject) {
                return SQLError(.outOfRange, code: Int(code), constraint: column, message: said)
            }
            kind = .check
        default:
            // ON DELETE RESTRICT is an inner trigger of SQLite's.
            kind = said == "FOREIGN KEY constraint failed" ? .foreignKey : .other
        }
        return SQLError(kind, code: Int(code), constraint: subject, message: said)
    }

    /// Returns the column of `length(name) <= 200`, which is how a text's length is declared on SQLite.
    private static func column(ofLengthRule rule: String?) -> String? {
        guard let (column, rest) = rule?.after("length(")?.halves(at: ")"), rest?.begins(with: " <= ") == true else {
            return nil
        }
        return String(column)
    }

    /// Returns the column of `cannot store TEXT value in INTEGER column stock.on_hand`.
    private static func column(ofTypeError said: String) -> String? {
        said.cut(at: " ", keepsEmpty: false).last.map(String.init)
    }
}
