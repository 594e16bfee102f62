import Accounts
import Commerce
import Coupons
import Inventory
import Modules
import Primitives
import SQL
import Shipping
import Taxes
import Vendors

/// Writes what the owner of the demo shop has set up: taxes, shipping, coupons, vendors, a second warehouse, reorder levels.
struct DemoDesk {
    /// The categories whose goods are a vendor's.
    static let sold: Set<String> = ["Plants", "Gift Boxes"]
    /// The categories whose goods are taxed less in some countries.
    static let printed: Set<String> = ["Notebooks", "Cookbooks"]
    private static let europe = ["AT", "BE", "CZ", "DE", "ES", "FR", "IT", "NL", "PL", "PT"]
    /// No more units than these are few.
    private static let few = 4

    let shop: Shop

    init(_ shop: Shop) {
        self.shop = shop
    }

    private var time: TimeSource { shop.installation.time }
    private var currency: Currency { shop.installation.settings.shop.currency }

    /// Writes the tax rates of three countries, of one of them by state, and the ways to send parcels.
    func insertRates(in tx: Transaction) throws {
        let taxes = TaxService(time: time)
        for rule in [
            TaxRule("Sales tax (IL)", country: "US", state: "IL", rate: 62_500),
            TaxRule("Sales tax (NY)", country: "US", state: "NY", rate: 40_000),
            TaxRule("MwSt. 19 %", country: "DE", rate: 190_000),
            TaxRule("MwSt. 7 %", country: "DE", taxClass: "reduced", rate: 70_000),
            TaxRule("VAT 20 %", country: "GB", rate: 200_000),
        ] { _ = try taxes.insert(rule, in: tx) }
        let shipping = ShippingService(currency: currency, taxClass: TaxService.check, time: time)
        for method in [
            ShippingMethod(
                "standard", name: "Standard, 3 to 5 days", countries: ["US"], price: amount(590),
                freeAbove: amount(5_000)),
            ShippingMethod("express", name: "Express, next day", countries: ["US"], price: amount(1_490)),
            ShippingMethod(
                "europe", name: "Europe, 4 to 7 days", countries: Self.europe + ["GB"], price: amount(990),
                freeAbove: amount(15_000)),
            ShippingMethod("world", name: "Worldwide, 7 to 14 days", countries: [], price: amount(2_490)),
        ] { _ = try shipping.insert(method, in: tx) }
    }

    /// Writes the coupons, of which one is for these categories.
    func insertCoupons(for books: [CategoryID], in tx: Transaction) throws {
        let coupons = CouponService(currency: currency, scope: { _, _, _ in [] }, time: time)
        try coupons.make(Coupon("WELCOME10", "10 % off everything", .percentage, value: 10_000_000), in: tx)
        try coupons.make(
            Coupon("FREESHIP", "Free shipping from a small order on", .freeShipping, minimum: amount(2_500)), in: tx)
        try coupons.make(
            Coupon("READER15", "15 % off books and paper", .percentage, value: 15_000_000, categories: books), in: tx)
    }

    /// Writes a vendor who sells and one who waits for staff's word.
    ///
    /// - Returns: the one who sells.
    func insertVendors(owner: UserID, applicant: UserID?, in tx: Transaction) throws -> VendorID {
        var links = VendorLinks()
        let time = time
        links.promote = { try SellerAccounts.promote($0, at: time.now, in: $1) }
        let vendors = VendorService(jobs: shop.jobs, secret: shop.installation.secret, time: time, links: links)
        let seller = try vendors.create(name: "Nordwind Garden", user: owner, in: tx)
        if let applicant {
            _ = try vendors.create(name: "Late Summer Pottery", user: applicant, status: .pending, in: tx)
        }
        return seller.id
    }

    /// Stores a part of the goods in a second warehouse, and has staff alerted of what is few or sold out.
    func furnishStock(of products: [ProductID], in tx: Transaction) throws {
        let depot = try shop.stock.makeWarehouse(
            code: "NORTH", name: "Northern depot", priority: 10, city: "Minneapolis", country: "US", in: tx)
        let stored = try DemoQueries.sellables(of: products, tx).prefix(60)
        try shop.stock.receive(
            stored.map { StockReceipt($0, quantity: 40, warehouse: depot, note: "First delivery") },
            reference: "PO-1001", by: nil, in: tx)
        for id in try DemoQueries.stock(atMost: Self.few, tx) {
            try shop.stock.setReorderLevel(Self.few, ordering: 50, of: id, in: tx)
        }
    }

    /// Returns an amount in the shop's currency that is written in cents, as ``DemoProducts`` has prices.
    private func amount(_ cents: Int64) -> Money { Money(minorUnits: currency.decimals == 3 ? cents * 10 : cents) }
}
