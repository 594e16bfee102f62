import Commerce
import Primitives
import SQL

/// Customers as a table for spreadsheets, in the order in which they came, with what they have ordered.
public struct CustomerTable: Sendable {
    private static let chunk = 500
    private static let titles = [
        "email", "first_name", "last_name", "phone_number", "created_at", "last_login", "orders", "spent", "currency",
        "full_name", "address_line1", "address_line2", "city", "state", "postal_code", "country",
    ]

    let currency: Currency

    /// Creates a table of what was spent in `currency`.
    public init(currency: Currency) {
        self.currency = currency
    }

    /// Passes every line of the table to `line`, the header first.
    ///
    /// - Throws: `SQLError`, whatever `line` throws.
    public func export(_ connection: Connection, line: (String) throws -> Void) throws {
        try line(CSVText.line(Self.titles.map { .plain($0) }))
        var last = UserID(0)
        while true {
            let found = try CustomerTableQueries.customers(
                after: last, limit: Self.chunk, in: currency.code, connection)
            for customer in found { try line(CSVText.line(cells(customer))) }
            guard let end = found.last?.id, found.count == Self.chunk else { return }
            last = end
        }
    }

    private func cells(_ customer: CustomerTableQueries.Customer) -> [CSVText.Cell] {
        let account = customer.account.map { CSVText.Cell.text($0) }
        let trade: [CSVText.Cell] = [
            .plain(customer.createdAt.description), .plain(customer.lastLogin?.description ?? ""),
            .plain(String(customer.orders)), .plain(currency.text(customer.spent)), .plain(currency.code),
        ]
        return account + trade + customer.address.map { .text($0 ?? "") }
    }
}
