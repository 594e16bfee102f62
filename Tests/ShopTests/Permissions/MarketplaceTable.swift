/// Every endpoint of vendors' money, and what it says to whom.
enum MarketplaceTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = own + desk + papers + rules

    private static let (mine, forbidden) = ("401 403 200 403 403 404", "401 403 403 403 403 ")

    private static let own: [PermissionRow] = [
        .init("GET /api/vendors/dashboard/", mine), .init("GET /api/vendors/analytics/?group_by=product", mine),
        .init("GET /api/vendors/payouts/", mine), .init("GET /api/vendors/ledger/", mine),
        .init("GET /api/vendors/payouts/{own_payout}/statement/", mine),
    ]

    private static let period = #""period_start": "2020-01-01", "period_end": "2099-12-31""#

    private static let desk: [PermissionRow] = [
        .init(
            "POST /api/admin/vendors/payouts/process/", forbidden + "201",
            "{\(period), \"vendors\": [{due_vendor}]}"),
        .init("GET /api/admin/payouts/", forbidden + "200"),
        .init("GET /api/admin/payouts/{payout}/", forbidden + "200"),
        .init(
            "PUT /api/admin/payouts/{payout}/complete/", forbidden + "200", #"{"transaction_reference": "TX"}"#),
        .init("PUT /api/admin/payouts/{payout}/fail/", forbidden + "200", #"{"reason": "x"}"#),
        .init("GET /api/admin/vendors/{due_vendor}/balance/", forbidden + "200"),
        .init("GET /api/admin/vendors/{due_vendor}/ledger/", forbidden + "200"),
        .init(
            "POST /api/admin/vendors/{due_vendor}/adjustments/", forbidden + "201",
            #"{"amount": "-1.00", "reason": "x"}"#),
    ]

    private static let papers: [PermissionRow] = [
        .init("GET /api/admin/payouts/export/", forbidden + "200"),
        .init("POST /api/admin/payouts/export/", forbidden + "200", #"{"vendor": {due_vendor}}"#),
        .init("GET /api/admin/payouts/{payout}/statement/", forbidden + "200"),
        .init(
            "POST /api/admin/payouts/reconcile/", forbidden + "200",
            .form(part: "file", Array("<Document><BkToCstmrStmt/></Document>".utf8))),
    ]

    private static let rules: [PermissionRow] = [
        .init("GET /api/admin/commission-rules/", forbidden + "200"),
        .init("POST /api/admin/commission-rules/", forbidden + "201", #"{"rate": "0.125"}"#),
        .init("GET /api/admin/commission-rules/{commission_rule}/", forbidden + "200"),
        .init("PUT /api/admin/commission-rules/{commission_rule}/", forbidden + "200", #"{"rate": "0.2"}"#),
        .init("PATCH /api/admin/commission-rules/{commission_rule}/", forbidden + "200", #"{"rate": "0.3"}"#),
        .init("DELETE /api/admin/commission-rules/{commission_rule}/", forbidden + "204"),
    ]
}
