/// Every endpoint of outgoing webhooks, and what it says to whom.
enum WebhooksTable {
    /// The path under which deliveries are replayed.
    static let replay = "/api/admin/webhook-deliveries/"

    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = receivers + deliveries

    static let receiver = #"{"url": "https://receiver.example.com/{n}", "topics": ["stock.low"]}"#

    private static let forbidden = "401 403 403 403 403 "

    private static let receivers: [PermissionRow] = [
        .init("GET /api/admin/webhooks/", forbidden + "200"),
        .init("POST /api/admin/webhooks/", forbidden + "201", receiver),
        .init("GET /api/admin/webhooks/{webhook}/", forbidden + "200"),
        .init("PUT /api/admin/webhooks/{webhook}/", forbidden + "200", receiver),
        .init("PATCH /api/admin/webhooks/{webhook}/", forbidden + "200", #"{"description": "x"}"#),
        .init("DELETE /api/admin/webhooks/{webhook}/", forbidden + "204"),
        .init("POST /api/admin/webhooks/{webhook}/rotate-secret/", forbidden + "200"),
    ]

    private static let deliveries: [PermissionRow] = [
        .init("GET /api/admin/webhooks/{webhook}/deliveries/", forbidden + "200"),
        .init("POST /api/admin/webhooks/{webhook}/test/", forbidden + "202"),
        .init("POST /api/admin/webhook-deliveries/{delivery}/replay/", forbidden + "202"),
        .init(
            "POST /api/admin/webhook-deliveries/replay/", forbidden + "202",
            #"{"from": "2026-01-01", "until": "2026-01-01"}"#),
    ]
}
