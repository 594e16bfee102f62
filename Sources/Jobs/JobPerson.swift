import Primitives
import SQL

/// Whom a job is about, written beside its payload: an erasure finds the jobs of a person by it, through an index.
public struct JobPerson: Sendable, Hashable {
    static let longest = 260

    let text: String

    private init(_ text: String) {
        self.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.longest)))
    }

    /// The user of this number.
    public static func user(_ id: Int64) -> JobPerson { JobPerson("user:\(id)") }

    /// Somebody without an account, by the address or the number that is written to.
    public static func recipient(_ address: String) -> JobPerson { JobPerson(address.lowercased()) }
}

extension JobQueue {
    /// Deletes at most `limit` jobs about a person, those enqueued by a moment, those whose payload holds a text. A running one
    /// has lost its row and writes nothing more.
    ///
    /// - Returns: how many there were.
    /// - Throws: `SQLError`.
    public func erase(
        _ person: JobPerson, by moment: Timestamp? = nil, holding text: String? = nil, limit: Int, in tx: Transaction
    ) throws -> Int {
        try JobAdminQueries.erase(person, by: moment, holding: text, limit: limit, tx)
    }
}
