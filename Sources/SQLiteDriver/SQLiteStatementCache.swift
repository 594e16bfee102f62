import CSQLite
import SQL

/// The prepared statements of one connection by their text; the least recently used is evicted.
struct SQLiteStatementCache {
    private final class Entry {
        let statement: OpaquePointer
        var lastUse: UInt64

        init(_ statement: OpaquePointer, lastUse: UInt64) {
            self.statement = statement
            self.lastUse = lastUse
        }
    }

    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = max(limit, 8)
    }

    /// Returns the statement of `text`, prepared where it is new.
    ///
    /// - Throws: `SQLError` where `text` is not one statement.
    mutating func statement(_ text: String, on handle: OpaquePointer) throws(SQLError) -> OpaquePointer {
        uses += 1
        if let entry = entries[text] {
            entry.lastUse = uses
            return entry.statement
        }
        if entries.count >= limit { evict() }
        let statement = try Self.prepare(text, on: handle)
        entries[text] = Entry(statement, lastUse: uses)
        return statement
    }

    mutating func finalizeAll() {
        for entry in entries.values { sqlite3_finalize(entry.statement) }
        entries = [:]
    }

    private mutating func evict() {
        guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        sqlite3_finalize(oldest.value.statement)
        entries[oldest.key] = nil
    }

    private static func prepare(_ text: String, on handle: OpaquePointer) throws(SQLError) -> OpaquePointer {
        var text = text
        var statement: OpaquePointer?
        var rest = ""
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    handle, characters.baseAddress, Int32(clamping: characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail)
                if let tail, let start = characters.baseAddress {
                    rest = String(decoding: bytes[(tail - start)...], as: UTF8.self)
                }
                return code
            }
        }
        guard code == SQLITE_OK else { throw SQLiteFailure.last(handle, code: code, at: .prepare) }
        guard let statement else { throw SQLError(.other, message: "the statement is empty") }
        guard rest.unicodeScalars.allSatisfy({ $0.properties.isWhitespace || $0 == ";" }) else {
            sqlite3_finalize(statement)
            throw SQLError(.other, message: "one statement at a time")
        }
        return statement
    }
}
