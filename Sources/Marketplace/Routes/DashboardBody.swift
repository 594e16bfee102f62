import Commerce
import Primitives
import Vendors
import Web

/// What a vendor sees first.
struct DashboardBody: ResponseBody {
    struct Recent: Codable, Sendable {
        let id: OrderID
        let orderNumber: String
        let status: String
        let earnings: Price
        let createdAt: Timestamp
    }

    let totalSales: Price
    let ordersCount: Int
    let pendingOrders: Int
    let productsCount: Int
    let activeProducts: Int
    let lowStock: Int
    let balance: Price
    let availableBalance: Price
    let pendingBalance: Price
    let currency: String
    /// The mean number of stars, rounded to two decimals; 0 without reviews.
    let rating: Double
    let reviewsCount: Int
    let recentOrders: [Recent]

    /// - Throws: `OutOfRange`.
    init(
        _ vendor: Vendor, _ counts: VendorSalesQueries.Dashboard, _ balance: VendorBalance,
        recent: [VendorSalesQueries.RecentOrder], currency: Currency
    ) throws(OutOfRange) {
        totalSales = currency.price(counts.sales)
        ordersCount = counts.orders
        pendingOrders = counts.pendingOrders
        productsCount = counts.products
        activeProducts = counts.activeProducts
        lowStock = counts.lowStock
        self.balance = currency.price(balance.whole)
        availableBalance = currency.price(try balance.available)
        pendingBalance = currency.price(balance.pending)
        self.currency = currency.code
        rating = vendor.rating
        reviewsCount = vendor.ratingCount
        recentOrders = recent.map {
            Recent(
                id: $0.id, orderNumber: $0.number, status: $0.status, earnings: currency.price($0.earnings),
                createdAt: $0.createdAt)
        }
    }
}

/// A vendor's sales by day, product or category.
struct AnalyticsBody: ResponseBody {
    /// A product or category.
    struct Named: Codable, Sendable {
        /// 0 for what is in no category.
        let id: Int64
        let name: String
    }

    /// A line; what it does not stand for is null.
    struct Row: Codable, Sendable {
        let day: String?
        let product: Named?
        let category: Named?
        let quantity: Int
        let orders: Int
        let gross: Price
        let discount: Price
        let net: Price
        let commission: Price
        let earnings: Price
    }

    /// The sums of all lines.
    struct Total: Codable, Sendable {
        let quantity: Int
        let orders: Int
        let gross: Price
        let discount: Price
        let net: Price
        let commission: Price
        let earnings: Price
    }

    let rows: [Row]
    let total: Total
    let currency: String

    /// - Throws: `OutOfRange`.
    init(_ report: VendorAnalytics, currency: Currency) throws(OutOfRange) {
        rows = try report.lines.map { line throws(OutOfRange) in
            let (sums, named) = (line.sums, Named(id: Int64(line.key) ?? 0, name: line.name))
            return Row(
                day: report.grouping == .day ? line.key : nil, product: report.grouping == .product ? named : nil,
                category: report.grouping == .category ? named : nil, quantity: sums.quantity, orders: sums.orders,
                gross: currency.price(sums.gross), discount: currency.price(sums.discount),
                net: currency.price(sums.net), commission: currency.price(sums.commission),
                earnings: currency.price(try sums.earnings))
        }
        let sums = report.total
        total = Total(
            quantity: sums.quantity, orders: sums.orders, gross: currency.price(sums.gross),
            discount: currency.price(sums.discount), net: currency.price(sums.net),
            commission: currency.price(sums.commission), earnings: currency.price(try sums.earnings))
        self.currency = currency.code
    }
}
