/// Every endpoint of notifications, and what it says to whom.
enum NotificationsTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = own + templates + logs + links

    private static let forbidden = "401 403 403 403 403 "
    private static let users = "401 200 200 200 200 200"

    private static let own: [PermissionRow] = [
        .init("GET /api/notifications/preferences/", users),
        .init("PUT /api/notifications/preferences/", users, #"{"newsletter": true}"#),
        .init("PATCH /api/notifications/preferences/", users, "{}"),
        .init("GET /api/notifications/history/", users),
    ]

    /// Names in braces without blanks would be placeholders.
    private static let text = #""subject": "S", "text_content": "T {{ first_name }}", "html_content": "<p>H</p>"}"#

    private static let templates: [PermissionRow] = [
        .init("GET /api/admin/email-templates/", forbidden + "200"),
        .init(
            "POST /api/admin/email-templates/", forbidden + "201",
            #"{"template_type": "welcome", "language": "fr", "# + text),
        .init("GET /api/admin/email-templates/{template}/", forbidden + "200"),
        .init("PUT /api/admin/email-templates/{template}/", forbidden + "200", "{" + text),
        .init("PATCH /api/admin/email-templates/{template}/", forbidden + "200", #"{"name": "Welcome"}"#),
        .init("DELETE /api/admin/email-templates/{french}/", forbidden + "204"),
        .init("POST /api/admin/email-templates/{template}/preview/", forbidden + "200", "{}"),
        .init("POST /api/admin/email-templates/{template}/test/", forbidden + "202", #"{"email": "me@example.com"}"#),
        .init("POST /api/admin/email-templates/{template}/reset/", forbidden + "200"),
    ]

    private static let logs: [PermissionRow] = [
        .init("GET /api/admin/email-logs/", forbidden + "200"),
        .init("GET /api/admin/email-logs/{log}/", forbidden + "200"),
        .init("POST /api/admin/email-logs/{log}/resend/", forbidden + "202"),
        .init("GET /api/admin/suppressions/", forbidden + "200"),
        .init("POST /api/admin/suppressions/", forbidden + "201", #"{"email": "gone@example.com"}"#),
        .init("GET /api/admin/suppressions/{suppression}/", forbidden + "200"),
        .init("DELETE /api/admin/suppressions/{suppression}/", forbidden + "204"),
    ]

    /// Nobody is asked who they are: a signature says whose mail it was. Without a token, reports are not taken.
    private static let links: [PermissionRow] = [
        .init("GET /api/notifications/unsubscribe/{leaving}/", "200 200 200 200 200 200"),
        .init("POST /api/notifications/unsubscribe/{leaving}/", "200 200 200 200 200 200"),
        .init("GET /api/notifications/track/open/{open}/", "200 200 200 200 200 200"),
        .init("GET /api/notifications/track/click/{click}/", "302 302 302 302 302 302"),
        .init("POST /api/notifications/bounces/", "404 404 404 404 404 404", "{}"),
    ]
}
