import Commerce
import HTTPTypes
import SQL
import Web

/// The export of orders as a table for spreadsheets.
extension OrderRoutes {
    var export: Endpoint {
        Endpoint(
            .get, "/api/admin/orders/export/", "Gives the orders of a filter as CSV, the oldest first.",
            access: Self.access, use: exportAll
        ).refusing(.serviceUnavailable)
    }

    private func exportAll(_: APIRequest, _ input: OrderExportInput) async throws -> Reply<BlockBody> {
        var filter = input.orders.list.filter
        filter.user = input.orders.user
        let table = OrderTable(currency: currency)
        return try await exports.csv("orders.csv", marked: input.isMarked) {
            [filter, byLine = input.isByLine] connection, line in
            guard try lists.length(filter, connection) <= OrderLists.maxExport else {
                throw ValidationError.whole(
                    "These are more than \(OrderLists.maxExport) orders; ask for them in parts, by from and until, "
                        + "or use `kontor export orders`.")
            }
            try table.export(filter, byLine: byLine, connection) { line($0) }
        }
    }
}

/// The query parameters of an export of orders.
struct OrderExportInput: Input {
    let orders: AllOrdersInput
    let isMarked: Bool
    let isByLine: Bool

    init(_ fields: Fields) {
        orders = AllOrdersInput(fields)
        isMarked = ExportInput(fields).isMarked
        isByLine = fields.boolean("lines", .optional(false))
    }
}
