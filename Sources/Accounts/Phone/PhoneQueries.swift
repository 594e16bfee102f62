import Commerce
import Primitives
import SQL

/// The code of a user that is under way.
struct PhoneCode: RowDecodable {
    static let columns: Query = "phone_number, code_hash, tries, expires_at"

    let number: String
    let hash: String
    let tries: Int
    let expiresAt: Timestamp

    init(row: inout RowReader) throws {
        number = try row()
        hash = try row()
        tries = try row()
        expiresAt = try row()
    }
}

/// Statements on `phone_codes`.
enum PhoneQueries {
    /// Keeps a code in the place of the one that was under way.
    static func put(
        _ hash: String, to number: String, of user: UserID, until end: Timestamp, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute("DELETE FROM phone_codes WHERE user_id = \(user)")
        try tx.execute(
            """
            INSERT INTO phone_codes (user_id, phone_number, code_hash, created_at, expires_at)
            VALUES (\(user), \(number), \(hash), \(now), \(end))
            """)
    }

    static func find(_ user: UserID, _ connection: Connection) throws -> PhoneCode? {
        try connection.first("SELECT \(PhoneCode.columns) FROM phone_codes WHERE user_id = \(user)")
    }

    static func countTry(_ user: UserID, _ tx: Transaction) throws {
        try tx.execute("UPDATE phone_codes SET tries = tries + 1 WHERE user_id = \(user)")
    }

    static func delete(_ user: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM phone_codes WHERE user_id = \(user)")
    }

    static func setNumber(
        _ number: String, isVerified: Bool, of user: UserID, at now: Timestamp, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE users SET phone_number = \(number), is_phone_verified = \(isVerified), version = version + 1,
                updated_at = \(now)
            WHERE id = \(user)
            """)
    }
}
