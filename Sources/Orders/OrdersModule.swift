import Messages
import Modules

/// What orders bring. What becomes of them where money and stock are touched is brought by `Checkout`.
public struct OrdersModule: Sendable {
    /// The service over orders, for the rooms that are made after this one.
    public let orders: OrderService
    /// Orders as a table, for the command line.
    public let table: OrderTable
    /// The endpoints that read orders and draw their documents, their permissions, and what is kept of a person.
    public let module: Module

    /// Makes the service; documents are issued in the name and the time zone of the shop, and `onIssue` is told of each,
    /// as `onChange` is of changes of orders, `events` of what becomes of orders and returns.
    public init(
        _ context: ModuleContext, events: EventPublisher, onIssue: @escaping IssueHook,
        onChange: @escaping OrderChangeHook = { _, _, _ in }
    ) {
        let shop = context.shop
        orders = OrderService(
            issuer: DocumentIssuer(name: shop.name, lines: shop.address), currency: shop.currency, time: context.time,
            random: context.random, zone: shop.timeZone, onIssue: onIssue, onChange: onChange, events: events)
        table = OrderTable(currency: shop.currency)
        var module = Module("Orders")
        module.endpoints = [
            OrderRoutes(
                database: context.database, orders: orders, currency: shop.currency, line: context.exports
            ).group,
            DocumentRoutes(database: context.database, orders: orders).group,
        ]
        module.permissions = [
            Permission(
                "orders.edit", "Change orders: status, parcels, returns, notes and payments that were seen."),
            Permission("orders.view", "See all orders, their returns, notes and papers."),
        ]
        module.personalData = Self.personalData
        self.module = module
    }

    /// What goes into an archive, and the tables that keep names on purpose: `orders` and `invoices`.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = OrderErasureQueries.archive
        data.orderTables = ["orders"]
        data.keptTables = ["invoices"]
        return data
    }
}
