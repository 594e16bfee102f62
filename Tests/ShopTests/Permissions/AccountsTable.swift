/// Every endpoint of accounts, and what it says to whom. Placeholders are the owner's.
enum AccountsTable {
    /// anonymous, stranger, vendor, clerk, owner, staff, admin.
    static let rows = entry + ofCaller + byKey + admin

    private static let (known, bad) = ("401 200 200 200 200 200 200", "400 400 400 400 400 400 400")
    private static let (refused, hidden) = ("401 400 400 400 400 400 400", "401 404 404 404 ")
    private static let (admins, gone) = ("401 403 403 403 403 403 ", "401 204 204 204 204 204 204")

    /// What anybody may try.
    private static let entry: [PermissionRow] = [
        .init("POST /api/auth/register/", bad, #"{"email": "x"}"#),
        .init("POST /api/auth/verify-email/", bad, #"{"token": "x"}"#),
        .init("POST /api/auth/resend-verification/", "200 200 200 200 200 200 200", #"{"email": "n{n}@example.com"}"#),
        .init(
            "POST /api/auth/login/", "401 401 401 401 401 401 401", #"{"email": "n{n}@example.com", "password": "x"}"#),
        .init("POST /api/auth/refresh/", "401 401 401 401 401 401 401", #"{"refresh": "x"}"#),
        .init("POST /api/auth/token/verify/", "401 401 401 401 401 401 401", #"{"token": "x"}"#),
        .init("POST /api/auth/forgot-password/", "200 200 200 200 200 200 200", #"{"email": "n{n}@example.com"}"#),
        .init("POST /api/auth/validate-reset-token/", "200 200 200 200 200 200 200", #"{"token": "x"}"#),
        .init("POST /api/auth/reset-password/", bad, #"{"token": "x", "new_password": "another-Pass-9"}"#),
        .init("POST /api/auth/social/google/", bad, #"{"id_token": "x"}"#),
        .init("POST /api/auth/social/facebook/", bad, #"{"access_token": "x"}"#),
        .init("POST /api/auth/social/apple/", bad, #"{"id_token": "x"}"#),
        .init(
            "POST /api/auth/2fa/verify/", "401 401 401 401 401 401 401", #"{"challenge_token": "x", "code": "000000"}"#),
        .init(
            "POST /api/auth/account/reactivate/", "401 401 401 401 401 401 401",
            #"{"email": "n{n}@example.com", "password": "x"}"#),
        .init("GET /api/auth/account/export-data/{n}/", "404 404 404 404 404 404 404"),
        // A profile is private until its owner says otherwise.
        .init("GET /api/profiles/{user}/", "404 404 404 404 404 404 404"),
    ]

    /// What everybody does with their own account.
    private static let ofCaller: [PermissionRow] = [
        .init("GET /api/auth/social/accounts/", known),
        .init("DELETE /api/auth/social/google/disconnect/", "401 404 404 404 404 404 404"),
        .init(
            "POST /api/auth/change-password/", refused,
            #"{"old_password": "wrong-{n}", "new_password": "another-Pass-9"}"#),
        .init(
            "POST /api/auth/set-password/", "401 409 409 409 409 409 409", #"{"new_password": "another-Pass-9"}"#),
        .init("GET /api/auth/profile/", known),
        .init("PUT /api/auth/profile/", known, #"{"first_name": "A", "last_name": "B"}"#),
        .init("PATCH /api/auth/profile/", known, #"{"bio": "x"}"#),
        .init("POST /api/auth/profile/avatar/", known, .form(part: "image", CommerceTable.picture)),
        .init("DELETE /api/auth/profile/avatar/", gone),
        .init("POST /api/auth/profile/cover/", known, .form(part: "image", CommerceTable.picture)),
        .init("DELETE /api/auth/profile/cover/", gone),
        .init("GET /api/auth/profile/preferences/", known),
        .init("PUT /api/auth/profile/preferences/", known, #"{"preferred_language": "en"}"#),
        .init("GET /api/auth/profile/privacy/", known),
        .init("PUT /api/auth/profile/privacy/", known, #"{"show_email": false}"#),
        .init("POST /api/auth/phone/send-otp/", known, #"{"phone_number": "+1555010{n}"}"#),
        .init("POST /api/auth/phone/verify-otp/", refused, #"{"code": "x"}"#),
        .init("PUT /api/auth/phone/update/", known, #"{"phone_number": "+1555010{n}"}"#),
        .init("POST /api/auth/2fa/setup/", admins + "200"),
        .init("POST /api/auth/2fa/enable/", "401 409 409 409 409 409 400", #"{"code": "x"}"#),
        .init("POST /api/auth/2fa/disable/", "401 409 409 409 409 409 409", #"{"password": "x", "code": "x"}"#),
        .init("GET /api/auth/2fa/backup-codes/", known),
        .init("POST /api/auth/2fa/regenerate-backup-codes/", "401 409 409 409 409 409 409", "{}"),
        .init("GET /api/auth/sessions/", known), .init("GET /api/auth/sessions/current/", known),
        .init("DELETE /api/auth/sessions/terminate-all/", gone),
        .init("GET /api/auth/login-history/", known), .init("GET /api/auth/security/activity/", known),
        .init("POST /api/auth/security/report-suspicious/", known, #"{"description": "x"}"#),
        .init("POST /api/auth/account/deactivate/", refused, #"{"password": "wrong-{n}"}"#),
        .init(
            "DELETE /api/auth/account/delete/", refused, #"{"password": "wrong-{n}", "confirmation": "DELETE"}"#),
        .init("POST /api/auth/account/export-data/", "401 403 403 403 403 403 202", "{}"),
        .init("GET /api/auth/addresses/", known),
        .init("POST /api/auth/addresses/", "401 201 201 201 201 201 201", CommerceTable.place),
    ]

    /// What is somebody's: to others it does not exist.
    private static let byKey: [PermissionRow] = [
        .init("GET /api/auth/addresses/{address}/", hidden + "200 404 404"),
        .init("PUT /api/auth/addresses/{address}/", hidden + "200 404 404", CommerceTable.place),
        .init("PATCH /api/auth/addresses/{address}/", hidden + "200 404 404", #"{"city": "Rome"}"#),
        .init("POST /api/auth/addresses/{address}/set-default/", hidden + "200 404 404", "{}"),
        .init("DELETE /api/auth/addresses/{address}/", hidden + "204 404 404"),
        .init("DELETE /api/auth/sessions/{session}/", hidden + "204 404 404"),
    ]

    private static let viewers = "401 403 403 403 403 200 200"

    private static let admin: [PermissionRow] = [
        .init("GET /api/users/", viewers), .init("GET /api/users/{user}/", viewers),
        .init("GET /api/users/{user}/addresses/", viewers),
        .init("GET /api/users/{colleague}/", "401 403 403 403 403 404 200"),
        .init("GET /api/admin/staff/", admins + "200"), .init("GET /api/admin/staff/{colleague}/", admins + "200"),
        .init("PUT /api/users/{user}/", admins + "200", #"{"first_name": "X"}"#),
        .init("PATCH /api/users/{user}/", admins + "200", #"{"last_name": "Y", "email": "moved{n}@example.com"}"#),
        .init("POST /api/users/{user}/suspend/", admins + "200", "{}"),
        .init("POST /api/users/{user}/unsuspend/", admins + "200", "{}"),
        .init("POST /api/users/{locked}/reset-2fa/", admins + "200", "{}"),
        .init(
            "POST /api/admin/staff/", admins + "201",
            #"{"email": "colleague{n}@example.com", "first_name": "C", "permissions": ["orders.view"]}"#),
        .init("GET /api/admin/permissions/", admins + "200"), .init("GET /api/admin/groups/", admins + "200"),
        .init("POST /api/admin/groups/", admins + "201", #"{"name": "G{n}"}"#),
        .init("GET /api/admin/groups/{group}/", admins + "200"),
        .init("PUT /api/admin/groups/{group}/", admins + "200", #"{"name": "G{n}"}"#),
        .init("PATCH /api/admin/groups/{group}/", admins + "200", "{}"),
        .init("DELETE /api/admin/groups/{group}/", admins + "204"),
        .init("GET /api/admin/audit/", "401 403 403 403 403 200 200"),
        .init("GET /api/admin/audit/{entry}/", "401 403 403 403 403 200 200"),
        .init("GET /api/admin/mailbox/", "401 403 403 403 403 200 200"),
        .init("GET /api/admin/mailbox/{message}/", "401 403 403 403 403 200 200"),
        .init("DELETE /api/admin/mailbox/", "401 403 403 403 403 403 204"),
        .init("GET /api/admin/vendors/", "401 403 403 403 403 200 200"),
        .init("POST /api/admin/vendors/", "401 403 403 403 403 201 201", #"{"name": "V{n}"}"#),
        // These end the callers' sessions, and so come last.
        .init("POST /api/auth/logout-all/", "401 200 200 200 200 200 200"),
        .init("POST /api/auth/logout/", "401 401 401 401 401 401 401", "{}"),
    ]
}
