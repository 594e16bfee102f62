import Primitives
import SQL

/// The person whom a job is about, written beside its payload: an erasure finds the jobs of a person by it, through an
/// index.
public struct JobPerson: Sendable, Hashable {
    static let maxLength = 260

    let text: String

    private init(_ text: String) {
        self.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.maxLength)))
    }

    /// Returns the user with this id.
    public static func user(_ id: Int64) -> JobPerson { JobPerson("user:\(id)") }

    /// Returns somebody without an account, by the mail address or phone number of the job; letters' case is ignored.
    public static func recipient(_ address: String) -> JobPerson { JobPerson(address.lowercased()) }
}

extension JobQueue {
    /// Deletes at most `limit` jobs about a person; with `moment` only those enqueued until then, with `text` only
    /// those whose payload holds it. A running job loses its row and writes nothing more.
    ///
    /// - Returns: the number of deleted jobs.
    /// - Throws: `SQLError`.
    public func erase(
        _ person: JobPerson, by moment: Timestamp? = nil, holding text: String? = nil, limit: Int, in tx: Transaction
    ) throws -> Int {
        try JobAdminQueries.erase(person, by: moment, holding: text, limit: limit, tx)
    }
}
