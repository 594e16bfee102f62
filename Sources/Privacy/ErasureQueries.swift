import Commerce
import Modules
import Primitives
import SQL

/// Statements on `erasure_addresses`: what is still looked for of people.
///
/// What a guest left under an e-mail is erased with the account only where that e-mail was verified, and for the time
/// that it was theirs: anybody can register an address that is another's. Rows of other users are never touched.
enum ErasureQueries {
    /// Keeps the addresses of an erased user until what was left under them is found.
    static func begin(_ user: ErasedUser, _ tx: Transaction) throws {
        let latest = Dictionary(user.addresses.map { ($0.email, $0.until) }, uniquingKeysWith: max)
        guard !latest.isEmpty else { return }
        let rows = latest.sorted { $0.key < $1.key }.map { [SQLValue].row(user.id, $0.key, $0.value) }
        try tx.execute("INSERT INTO erasure_addresses (user_id, email, until_at) VALUES \(rows: rows)")
    }

    /// Gives an erased user with the addresses that are still looked for.
    static func user(_ id: UserID, _ connection: Connection) throws -> ErasedUser {
        let addresses = try connection.all(
            "SELECT email, until_at FROM erasure_addresses WHERE user_id = \(id) ORDER BY email"
        ) { ErasedUser.Address(email: try $0(), until: try $0()) }
        return ErasedUser(id: id, addresses: addresses)
    }

    static func finish(_ id: UserID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM erasure_addresses WHERE user_id = \(id)")
    }
}
