/// Every endpoint of wishlists, and what it says to whom.
enum WishlistsTable {
    /// anonymous, stranger, vendor, clerk, owner, staff.
    static let rows: [PermissionRow] = [
        .init("GET /api/wishlist/", users),
        .init("POST /api/wishlist/add/", "401 201 201 201 201 201", #"{"product_id": {own}}"#),
        .init("PATCH /api/wishlist/items/{wish}/", owners + "200 404", #"{"notify_on_price_drop": true}"#),
        .init("POST /api/wishlist/items/{wish}/move-to-cart/", owners + "200 404", "{}"),
        .init("DELETE /api/wishlist/items/{wish}/", owners + "204 404"),
        .init("GET /api/wishlist/check/{own}/", users),
        .init("DELETE /api/wishlist/clear/", "401 204 204 204 204 204"),
    ]

    private static let (users, owners) = ("401 200 200 200 200 200", "401 404 404 404 ")
}
