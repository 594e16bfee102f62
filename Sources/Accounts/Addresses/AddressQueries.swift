import Commerce
import Primitives
import SQL

/// Statements on `addresses`.
enum AddressQueries {
    /// Locks a user's address book until the transaction ends: changes of it come one after the other.
    ///
    /// - Throws: `NotFound` where the user was erased, `SQLError`.
    static func lock(_ user: UserID, _ tx: Transaction) throws {
        guard try ProfileQueries.lockVersion(user, tx) != nil else { throw NotFound() }
    }

    static func count(of user: UserID, _ view: AddressView, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM addresses WHERE user_id = \(user) \(view.condition)") ?? 0
    }

    static func list(
        of user: UserID, _ view: AddressView, limit: Query, _ connection: Connection
    ) throws -> [Address] {
        try connection.all(
            """
            SELECT \(Address.columns) FROM addresses WHERE user_id = \(user) \(view.condition)
            ORDER BY created_at DESC, id DESC \(limit)
            """)
    }

    static func find(
        _ id: AddressID, of user: UserID, _ view: AddressView, _ connection: Connection
    ) throws -> Address? {
        try connection.first(
            "SELECT \(Address.columns) FROM addresses WHERE id = \(id) AND user_id = \(user) \(view.condition)")
    }

    static func insert(_ draft: AddressDraft, for user: UserID, at now: Timestamp, _ tx: Transaction) throws
        -> AddressID
    {
        return AddressID(
            try tx.insert(
                """
                INSERT INTO addresses
                \(insert: draft.values + ["user_id": user, "created_at": now, "updated_at": now])
                """))
    }

    static func update(_ id: AddressID, _ draft: AddressDraft, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE addresses SET \(set: draft.values), version = version + 1, updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    static func delete(_ id: AddressID, of user: UserID, _ view: AddressView, _ tx: Transaction) throws -> Bool {
        try tx.execute("DELETE FROM addresses WHERE id = \(id) AND user_id = \(user) \(view.condition)") == 1
    }

    /// Returns the whole book as far as defaults go, oldest first.
    static func defaults(of user: UserID, _ connection: Connection) throws -> [AddressDefaults.Entry] {
        try connection.all(
            "SELECT \(AddressDefaults.Entry.columns) FROM addresses WHERE user_id = \(user) ORDER BY created_at, id")
    }

    /// Makes these the only defaults of a user.
    static func setDefaults(
        of user: UserID, shipping: AddressID?, billing: AddressID?, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE addresses SET is_default_shipping = CASE WHEN id = \(shipping ?? AddressID(0)) THEN 1 ELSE 0 END,
                is_default_billing = CASE WHEN id = \(billing ?? AddressID(0)) THEN 1 ELSE 0 END
            WHERE user_id = \(user)
            """)
    }
}

/// Which addresses of a book are looked at.
enum AddressView: Sendable {
    case all
    /// Those that something can be shipped to.
    case shipping

    fileprivate var condition: Query { self == .all ? .empty : "AND address_type IN ('shipping', 'both')" }
}
