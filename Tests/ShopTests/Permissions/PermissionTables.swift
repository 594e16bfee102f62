/// What endpoints say to whom, in the order in which walks over all of them do what the rows do.
enum PermissionTables {
    static let rows = [
        CommerceTable.rows, AccountsTable.rows, PaymentsTable.rows, ReviewsTable.rows, WebhooksTable.rows,
        MarketplaceTable.rows, VendorsTable.rows, NotificationsTable.rows, JobsTable.rows, SettingsTable.rows,
        WishlistsTable.rows,
    ].flatMap(\.self)
}

extension PermissionRow {
    /// Returns the six endpoints of rows that staff keep. `name` is the placeholder of a row, `json` makes another one.
    static func kept(
        _ path: String, _ name: String, _ json: String, readers: String = "401 403 403 403 403 200"
    ) -> [PermissionRow] {
        let forbidden = "401 403 403 403 403 "
        return [
            .init("GET \(path)", readers), .init("POST \(path)", forbidden + "201", json),
            .init("GET \(path){\(name)}/", readers), .init("PUT \(path){\(name)}/", forbidden + "200", json),
            .init("PATCH \(path){\(name)}/", forbidden + "200", "{}"),
            .init("DELETE \(path){\(name)}/", forbidden + "204"),
        ]
    }
}
