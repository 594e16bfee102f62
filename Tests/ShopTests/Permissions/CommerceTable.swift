import Media

/// Every endpoint of catalog, cart, orders, coupons and inventory, and what it says to whom.
enum CommerceTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows = catalog + pictures + carts + orders + orderDesk + coupons + inventory + settings + exchange

    static let picture = (try? ImageCodec.encodePNG(rgb: [1, 2, 3], width: 1, height: 1)) ?? []

    private static let (open, forbidden) = ("200 200 200 200 200 200", "401 403 403 403 403 ")
    private static let (hidden, sellers) = ("401 404 404 404 ", "401 403 200 403 403 200")
    /// What vendors may do to their own products, and not to others'.
    private static let foreign = "401 403 404 403 403 "

    private static let catalog: [PermissionRow] = [
        .init("GET /api/products/", open), .init("GET /api/products/?facets=1&search=p", open),
        .init("GET /api/products/{slug}/", open), .init("GET /api/products/{product}/", open),
        .init(
            "POST /api/products/", "401 403 201 403 403 201",
            #"{"name": "N{n}", "sku": "N{n}", "price": "1.00", "category": {category}}"#),
        .init(
            "PUT /api/products/{product}/", foreign + "200",
            #"{"name": "N{n}", "sku": "N{n}", "price": "1.00", "category": {category}}"#),
        .init("PATCH /api/products/{product}/", foreign + "200", #"{"price": "2.00"}"#),
        .init("PATCH /api/products/{own}/", sellers, #"{"price": "9.00"}"#),
        .init("DELETE /api/products/{product}/", foreign + "204"),
        .init("DELETE /api/products/{own}/", "401 403 204 403 403 204"),
        .init("GET /api/products/{product}/price-history/", foreign + "200"),
        .init("GET /api/products/{own}/price-history/", sellers),
        .init("PUT /api/admin/products/{own}/approve/", forbidden + "200"),
        .init("PUT /api/admin/products/{own}/reject/", forbidden + "200", #"{"reason": "x"}"#),
        .init("GET /api/admin/products/?search=p", forbidden + "200"),
        .init("GET /api/admin/products/{product}/", forbidden + "200"),
        .init("GET /api/admin/categories/", forbidden + "200"),
        .init("GET /api/admin/categories/{category}/", forbidden + "200"),
        .init("GET /api/admin/category-tree/", forbidden + "200"),
        .init("POST /api/products/{product}/variants/", foreign + "201", #"{"sku": "X{n}"}"#),
        .init("POST /api/products/{own}/variants/", "401 403 201 403 403 201", #"{"sku": "X{n}"}"#),
        .init("PATCH /api/products/{product}/variants/{variant}/", foreign + "200", #"{"price": "2.00"}"#),
        .init("DELETE /api/products/{product}/variants/{variant}/", foreign + "204"),
        .init("GET /api/categories/", open), .init("GET /api/categories/{branch}/", open),
        .init("POST /api/categories/", forbidden + "201", #"{"name": "N{n}"}"#),
        .init("PUT /api/categories/{category}/", forbidden + "200", #"{"name": "N{n}"}"#),
        .init("PATCH /api/categories/{category}/", forbidden + "200", #"{"name": "N{n}"}"#),
        .init("PUT /api/categories/{category}/move/", forbidden + "200", #"{"direction": "up"}"#),
        .init("DELETE /api/categories/{category}/", forbidden + "204"),
    ]

    private static let pictures: [PermissionRow] = [
        .init("POST /api/products/{product}/images/", foreign + "201", .form(part: "image", picture)),
        .init("POST /api/products/{own}/images/", "401 403 201 403 403 201", .form(part: "image", picture)),
        .init("PATCH /api/products/{product}/images/{image}/", foreign + "200", #"{"alt_text": "x"}"#),
        .init("DELETE /api/products/{product}/images/{image}/", foreign + "204"),
        .init("POST /api/categories/{category}/image/", forbidden + "200", .form(part: "image", picture)),
        .init("DELETE /api/categories/{category}/image/", forbidden + "204"),
    ]

    private static let carts: [PermissionRow] = [
        .init("GET /api/cart/", open),
        .init(
            "POST /api/cart/add/", "201 201 201 201 201 201", #"{"product_id": {own}, "quantity": 1}"#),
        .init("PUT /api/cart/items/{item}/", "404 404 404 404 200 404", #"{"quantity": 3}"#),
        .init("DELETE /api/cart/items/{item}/", "404 404 404 404 200 404"),
        .init("DELETE /api/cart/clear/", open),
        .init(
            "POST /api/cart/quote/", "400 400 400 400 200 400", #"{"shipping_address": {"country": "US"}}"#),
    ]

    private static let orders: [PermissionRow] = [
        .init("GET /api/orders/", "401 200 200 200 200 200"), .init("GET /api/orders/{order}/", hidden + "200 200"),
        .init("GET /api/orders/{number}/", hidden + "200 200"),
        .init(
            "POST /api/orders/", "400 400 400 400 201 400",
            #"{"shipping_address_id": {address}, "payment_method": "cod"}"#),
        .init("PUT /api/orders/{order}/cancel/", hidden + "200 200", "{}"),
        .init("GET /api/orders/{order}/invoice/", hidden + "200 200"),
        .init("GET /api/orders/{cancelled}/credit-note/", hidden + "200 200"),
        .init("GET /api/orders/{order}/notes/", hidden + "200 200"),
        .init("GET /api/orders/{order}/returns/", hidden + "200 200"),
        .init(
            "POST /api/orders/{shipped}/returns/", hidden + "201 201",
            #"{"items": [{"order_item_id": {shipped_item}, "quantity": 1}]}"#),
        .init("GET /api/orders/{credited}/returns/{credit}/credit-note/", hidden + "200 200"),
        .init("GET /api/orders/{order}/cancellations/", hidden + "200 200"),
        .init("GET /api/orders/{reduced}/cancellations/{cancellation}/credit-note/", hidden + "200 200"),
        .init("GET /api/shipping-addresses/", "401 200 200 200 200 200"),
        .init("POST /api/shipping-addresses/", "401 201 201 201 201 201", place),
        .init("PUT /api/shipping-addresses/{address}/", "401 404 404 404 200 404", place),
        .init("PATCH /api/shipping-addresses/{address}/", "401 404 404 404 200 404", #"{"city": "Rome"}"#),
        .init("DELETE /api/shipping-addresses/{address}/", "401 404 404 404 204 404"),
    ]

    static let place = """
        {"full_name": "A", "phone_number": "+15550100", "address_line1": "1", "city": "Rome", "country": "IT",
        "postal_code": "1", "state": ""}
        """

    private static let orderDesk: [PermissionRow] = [
        .init("GET /api/admin/orders/", forbidden + "200"), .init("GET /api/admin/orders/export/", forbidden + "200"),
        .init("GET /api/admin/orders/counts/", forbidden + "200"),
        .init("GET /api/admin/orders/{order}/", forbidden + "200"),
        .init("GET /api/admin/orders/{order}/parts/", forbidden + "200"),
        .init("GET /api/admin/orders/slips/?orders={shipped}", forbidden + "200"),
        .init("GET /api/admin/orders/invoices/?orders={order}", forbidden + "200"),
        .init("PUT /api/admin/orders/{order}/status/", forbidden + "200", #"{"status": "processing"}"#),
        .init("POST /api/admin/orders/{order}/payment/", forbidden + "200", #"{"amount": "20.00"}"#),
        .init("POST /api/admin/orders/{order}/cancel-rest/", forbidden + "200", "{}"),
        .init("POST /api/admin/orders/{order}/notes/", forbidden + "201", #"{"text": "x"}"#),
        .init("POST /api/admin/orders/{taken}/shipments/", forbidden + "201", "{}"),
        .init("PUT /api/admin/orders/{shipped}/shipments/{shipment}/deliver/", forbidden + "200", "{}"),
        .init("GET /api/admin/orders/{shipped}/shipments/{shipment}/delivery-slip/", forbidden + "200"),
        .init(
            "POST /api/admin/orders/{shipped}/returns/", forbidden + "201",
            #"{"items": [{"order_item_id": {shipped_item}, "quantity": 1}]}"#),
        .init("GET /api/admin/returns/", forbidden + "200"),
        .init("GET /api/admin/returns/{return}/", forbidden + "200"),
        .init("POST /api/admin/returns/{return}/approve/", forbidden + "200", "{}"),
        .init("POST /api/admin/returns/{return}/reject/", forbidden + "200", "{}"),
        .init(
            "POST /api/admin/returns/{approved}/receive/", forbidden + "200",
            #"{"items": [{"return_item_id": {approved_item}, "quantity": 1}]}"#),
        .init("GET /api/admin/reports/sales/", forbidden + "200"),
    ]

    private static let coupons: [PermissionRow] =
        [
            .init("POST /api/coupons/validate/", open, #"{"code": "NONE"}"#),
            .init("POST /api/coupons/apply/", "400 400 400 400 200 400", #"{"code": "{code}"}"#),
            .init("DELETE /api/coupons/remove/", open), .init("GET /api/coupons/available/", open),
            .init("GET /api/coupons/my-coupons/", "401 200 200 200 200 200"),
        ] + PermissionRow.kept("/api/admin/coupons/", "coupon", CommerceFixture.coupon)
        + [.init("GET /api/admin/coupons/{coupon}/usage/", forbidden + "200")]

    private static let inventory: [PermissionRow] =
        [
            .init("GET /api/inventory/stock/", sellers), .init("GET /api/inventory/movements/", sellers),
            .init("GET /api/inventory/alerts/", sellers), .init("GET /api/inventory/reports/low-stock/", sellers),
            .init("GET /api/inventory/stock/find/?sku={sold}", sellers),
            .init("GET /api/inventory/stock/find/?sku=NOTHING", "401 403 404 403 403 404"),
            .init("GET /api/inventory/stock/{product}/", "401 403 404 403 403 200"),
            .init("GET /api/inventory/stock/{own}/", sellers),
            .init(
                "POST /api/inventory/stock/adjust/", "401 403 201 403 403 201", #"{"product_id": {own}, "quantity": 1}"#
            ),
            .init(
                "POST /api/inventory/stock/adjust/", "401 403 404 403 403 201",
                #"{"product_id": {product}, "variant_id": {variant}, "quantity": 1}"#),
            .init(
                "POST /api/inventory/stock/transfer/", forbidden + "201",
                #"{"product_id": {own}, "from_warehouse_id": {main}, "to_warehouse_id": {warehouse}, "quantity": 1}"#),
            .init(
                "POST /api/inventory/receipts/", forbidden + "201",
                #"{"reference": "R{n}", "lines": [{"product_id": {own}, "quantity": 1}]}"#),
            .init("PUT /api/inventory/alerts/{alert}/resolve/", sellers, "{}"),
            .init("PATCH /api/inventory/levels/{stock}/", "401 403 404 403 403 200", #"{"reorder_level": 1}"#),
        ] + PermissionRow.kept("/api/inventory/warehouses/", "warehouse", CommerceFixture.warehouse, readers: sellers)

    private static let settings = PermissionRow.kept("/api/admin/tax-rates/", "rate", CommerceFixture.rate)

    private static let exchange = [("categories", "slug"), ("products", "sku"), ("stock", "sku")].flatMap {
        table, key in
        let path = "/api/admin/\(table)/"
        return [
            PermissionRow("GET \(path)export/", forbidden + "200"),
            PermissionRow("GET \(path)imports/", forbidden + "200"),
            PermissionRow("POST \(path)imports/", forbidden + "202", .form(part: "file", Array("\(key)\nx\n".utf8))),
            PermissionRow("GET \(path)imports/{import_\(table)}/", forbidden + "200"),
            PermissionRow("GET \(path)imports/{import_\(table)}/rows/", forbidden + "200"),
            PermissionRow("DELETE \(path)imports/{arriving_\(table)}/", forbidden + "204"),
        ]
    }
}
