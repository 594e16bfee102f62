import Commerce
import Primitives
import SQL

/// The rates that vendors were given when they were approved, in millionths; those without one are left out.
public typealias ApprovedRates = @Sendable ([VendorID], Connection) throws -> [VendorID: Int64]

/// The rates that count at one moment: a rule of the vendor, the rate of its approval, the rule of the deepest category, a rule
/// for all, the shop's setting.
struct CommissionRates: Sendable {
    private let rules: [CommissionRule]
    private let approved: [VendorID: Int64]
    private let paths: [ProductID: [Int64]]
    private let standard: Int64

    /// Reads what decides about these sales at `now`.
    ///
    /// - Throws: `SQLError`.
    init(
        of lines: [SoldLine], at now: Timestamp, approved: ApprovedRates, standard: Int64, _ connection: Connection
    ) throws {
        let vendors = Set(lines.compactMap(\.vendor)).sorted()
        paths = try CommissionQueries.paths(of: Set(lines.map(\.product)).sorted(), connection)
        let categories = Set(paths.values.flatMap { $0 }).sorted()
        rules = try CommissionQueries.valid(for: vendors, categories, at: now, connection)
        self.approved = try approved(vendors, connection)
        self.standard = standard
    }

    /// Returns the rate of a sale, in millionths.
    func rate(of vendor: VendorID, _ product: ProductID) -> Int64 {
        if let rule = rules.first(where: { $0.vendor == vendor }) { return rule.rate }
        if let rate = approved[vendor] { return rate }
        for category in (paths[product] ?? []).reversed() {
            if let rule = rules.first(where: { $0.category?.rawValue == category }) { return rule.rate }
        }
        return rules.first { $0.vendor == nil && $0.category == nil }?.rate ?? standard
    }

    /// Returns the category of a product, where it is in one.
    func category(of product: ProductID) -> Int64? { paths[product]?.last }
}
