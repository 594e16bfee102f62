/// Every endpoint of the shop's settings, and what it says to whom.
enum SettingsTable {
    static let path = "/api/admin/settings/"

    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows: [PermissionRow] = [
        .init("GET " + path, forbidden + "200"),
        .init("PATCH " + path, forbidden + "200", #"{"RETURN_DAYS": 31}"#),
        .init("POST " + path + "test-mail/", forbidden + "200", #"{"to": "me@example.com"}"#),
    ]

    private static let forbidden = "401 403 403 403 403 "
}
