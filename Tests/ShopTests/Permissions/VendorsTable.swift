/// Every endpoint of vendors, and what it says to whom. All of them have verified their addresses.
enum VendorsTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = own + goods + open + desk + [registration]

    static let pdf = Array("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)

    private static let (sellers, forbidden) = ("401 403 200 403 403 403", "401 403 403 403 403 ")

    private static let own: [PermissionRow] =
        [
            .init("GET /api/vendors/profile/", sellers),
            .init(
                "PUT /api/vendors/profile/", sellers, #"{"business_name": "Vera", "business_type": "company"}"#),
            .init("PATCH /api/vendors/profile/", sellers, #"{"description": "x"}"#),
            .init("GET /api/vendors/documents/", sellers),
            .init(
                "POST /api/vendors/documents/", "401 403 201 403 403 403",
                .form(part: "document", pdf, fields: ["document_type": "id_proof"])),
            .init("GET /api/vendors/documents/{document}/file/", sellers),
            .init("POST /api/vendors/reviews/{vendor_review}/respond/", sellers, #"{"response": "x"}"#),
        ]
        + ["logo", "banner"].flatMap {
            [
                PermissionRow(
                    "POST /api/vendors/profile/\($0)/", sellers, .form(part: "image", CommerceTable.picture)),
                PermissionRow("DELETE /api/vendors/profile/\($0)/", "401 403 204 403 403 403"),
            ]
        }

    private static let goods: [PermissionRow] = [
        .init("GET /api/vendors/products/?search=p", sellers), .init("GET /api/vendors/products/{own}/", sellers),
        .init("GET /api/vendors/products/{product}/", "401 403 404 403 403 403"),
        .init("GET /api/vendors/orders/", sellers), .init("GET /api/vendors/orders/{vended}/", sellers),
        .init(
            "PUT /api/vendors/orders/{vended}/update-status/", sellers,
            #"{"status": "shipped", "tracking_number": "T", "carrier": "C"}"#),
    ]

    private static let open: [PermissionRow] = [
        .init("GET /api/vendors/{vendor}/", "200 200 200 200 200 200"),
        .init("GET /api/vendors/{vendor}/reviews/", "200 200 200 200 200 200"),
        .init(
            "POST /api/vendors/{vendor}/review/", "401 403 403 403 201 403",
            #"{"rating": 5, "review_text": "x", "order_id": {received}}"#),
    ]

    private static let desk: [PermissionRow] = [
        .init("GET /api/admin/vendors/?search=v", forbidden + "200"),
        .init("POST /api/admin/vendors/", forbidden + "201", #"{"name": "N{n}"}"#),
        .init("GET /api/admin/vendors/{vendor}/", forbidden + "200"),
        .init("PUT /api/admin/vendors/{applicant}/approve/", forbidden + "200", #"{"commission_rate": "0.12"}"#),
        .init("PUT /api/admin/vendors/{applicant}/reject/", forbidden + "200", #"{"reason": "x"}"#),
        .init("PUT /api/admin/vendors/{selling}/suspend/", forbidden + "200", #"{"reason": "x"}"#),
        .init("PUT /api/admin/vendors/{suspended}/reinstate/", forbidden + "200"),
        .init("GET /api/admin/vendors/{vendor}/documents/", forbidden + "200"),
        .init("GET /api/admin/vendors/{vendor}/documents/{document}/file/", forbidden + "200"),
        .init("PUT /api/admin/vendors/{vendor}/documents/{document}/verify/", forbidden + "200"),
        .init(
            "PUT /api/admin/vendors/{vendor}/documents/{document}/reject/", forbidden + "200",
            #"{"rejection_reason": "x"}"#),
    ]

    /// The last one: whoever it lets through is a vendor from then on.
    private static let registration = PermissionRow(
        "POST /api/vendors/register/", "401 201 400 201 201 201",
        #"{"business_name": "N{n}", "business_type": "individual"}"#)
}
