import AppHarness
import Primitives
import TestSupport
import Testing

/// A member of staff at the page of an order, who presses its buttons as they are offered and fills in their forms.
struct OrderPageDesk: Sendable {
    let fixture: CommerceFixture
    let browser: AdminBrowser

    var admin: HTTPProbe { fixture.cast.admin }

    static func path(of order: String) -> String { "/admin/orders/\(order)/" }

    /// Returns the form of an action that an order's page offers; of an element of the page by its id.
    ///
    /// - Throws: where the page has no such button.
    func form(_ action: String, of order: String, row: String? = nil) async throws -> MarkupPage.Form {
        let path = Self.path(of: order)
        let address = path + "do/\(action)/" + (row.map { "?row=\($0)" } ?? "")
        let links = try await browser.get(path).page.links
        try #require(links.contains(address), "\(action) is not offered: \(links)")
        return try #require(try await browser.get(address).page.form(to: address))
    }

    /// Does something to an order, and expects that it leads back to its page.
    ///
    /// - Throws: where the page has no such button, or what is sent is refused.
    func act(
        _ action: String, on order: String, row: String? = nil, _ values: [String: String] = [:]
    ) async throws {
        let sent = try await browser.submit(try await form(action, of: order, row: row), values)
        let page = try await browser.follow(sent)
        #expect(sent.location == Self.path(of: order) && page.status == 200, "\(action): \(sent.location)")
        #expect(page.page.faults.isEmpty, "\(action): \(page.page.faults)")
    }

    /// Reads an order as the API tells it to staff.
    func order(_ id: String) async throws -> JSONValue { try await read("/api/admin/orders/\(id)/") }

    /// Reads a line of an order, which has one.
    func line(of order: String) async throws -> JSONValue {
        try #require(try await self.order(order)["items"]?.elements.first)
    }

    func read(_ path: String) async throws -> JSONValue {
        let answer = try await admin.send("GET", path)
        try #require(answer.status == 200, "\(path): \(answer.text)")
        return answer.json
    }

    /// Reads the rows of a list.
    func rows(_ path: String) async throws -> [JSONValue] { try await read(path)["results"]?.elements ?? [] }

    /// Reads the units on hand of the goods of an order's line, and how many of them are set aside.
    func stock(of line: JSONValue) async throws -> (onHand: Int, reserved: Int) {
        let stock = try await read("/api/inventory/stock/\(line.int("product_id"))/")
        return (stock.int("quantity"), stock.int("reserved_quantity"))
    }
}

/// Runs `body` with a shop whose captures are staff's, and somebody at its orders.
func withOrderDesk(
    _ backend: Backend, _ body: @escaping @Sendable (OrderPageDesk) async throws -> Void
) async throws {
    try await withShop(backend, settings: PaymentsTable.settings) { stand in
        let fixture = try await CommerceFixture(try await TestAccounts(stand))
        // Who makes the administrator again ends the sessions of the one there is.
        let browser = stand.browser()
        try await browser.signIn(ShopHarness.adminEmail)
        try await body(OrderPageDesk(fixture: fixture, browser: browser))
    }
}
