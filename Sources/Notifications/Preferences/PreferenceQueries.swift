import Commerce
import Modules
import Primitives
import SQL

/// The statements of `notification_preferences`.
enum PreferenceQueries {
    /// What goes into a user's archive.
    static let archive = ArchivePart(
        "notification_preferences",
        [
            "order_confirmation", "shipping_updates", "promotional_emails", "product_recommendations",
            "price_drop_alerts", "back_in_stock_alerts", "allow_tracking", "updated_at",
        ]
    ) { "notification_preferences WHERE user_id = \($0.id)" }

    /// Returns what a user wants; the defaults of somebody who never said.
    static func find(_ user: UserID, lock: Query = .empty, _ connection: Connection) throws -> MailPreferences {
        try connection.first(
            "SELECT \(MailPreferences.columns) FROM notification_preferences WHERE user_id = \(user) \(lock)")
            ?? MailPreferences()
    }

    /// Writes what a user wants and raises the version.
    static func save(_ preferences: MailPreferences, of user: UserID, at now: Timestamp, _ tx: Transaction) throws {
        let version = preferences.version + 1
        let changed = try tx.execute(
            """
            UPDATE notification_preferences SET \(set: try preferences.values()), version = \(version),
            updated_at = \(now) WHERE user_id = \(user)
            """)
        guard changed == 0 else { return }
        try tx.execute(
            """
            INSERT INTO notification_preferences
            \(insert: try preferences.values() + ["user_id": user, "version": version, "updated_at": now])
            """)
    }

    /// Deletes what a user wanted; how many rows there were.
    static func erase(_ user: UserID, _ tx: Transaction) throws -> Int {
        try tx.execute("DELETE FROM notification_preferences WHERE user_id = \(user)")
    }
}
