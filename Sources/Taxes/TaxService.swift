import Commerce
import Primitives
import SQL
import Web

/// The tax rates that the shop keeps.
public struct TaxService: Sendable {
    let time: TimeSource

    public init(time: TimeSource = .machine) {
        self.time = time
    }

    /// The rate of each tax class where an order goes: a state's comes before its country's.
    ///
    /// - Throws: `SQLError`.
    public func rates(for destination: Destination, _ connection: Connection) throws -> [String: TaxRate] {
        let rules = try TaxQueries.rules(for: destination, connection)
        return rules.reduce(into: [:]) { rates, rule in
            rates[rule.taxClass] = TaxRate(name: rule.name, millionths: rule.rate)
        }
    }
}

extension TaxService: Keeper {
    public var blank: TaxRule {
        TaxRule(
            id: TaxRuleID(0), name: "", country: "", state: "", taxClass: "standard", rate: 0, version: 1,
            createdAt: time.now, updatedAt: time.now)
    }

    public static var usualOrder: Ordering<TaxOrder> { Ordering(.country) }

    public static func change(_ fields: Fields) -> Change<TaxRule> {
        var change = Change<TaxRule>()
        change.set(\.name, to: fields.sent("name") { $0.string("name", length: 1...100) })
        change.set(\.country, to: fields.sent("country") { $0.country("country") })
        change.set(\.state, to: fields.sent("state") { $0.string("state", .optional(""), length: 0...10) })
        change.set(\.rate, to: fields.sent("rate") { $0.decimal("rate", scale: 6, in: 0...10_000_000) })
        change.set(
            \.taxClass,
            to: fields.named("tax_class") { $0.string("tax_class", .optional("standard"), length: 1...50) })
        return change
    }

    public static func filter(_ fields: Fields) -> TaxFilter {
        TaxFilter(
            country: fields.optionalString("country")?.uppercased(), taxClass: fields.optionalString("tax_class"))
    }

    public static func version(of rule: TaxRule) -> Int { rule.version }

    public func count(_ filter: TaxFilter, _ connection: Connection) throws -> Int {
        try TaxQueries.count(filter, connection)
    }

    public func rows(
        _ filter: TaxFilter, by order: Ordering<TaxOrder>, _ page: PageRequest, _ connection: Connection
    ) throws -> [TaxRule] {
        try TaxQueries.list(filter, by: order, page, connection)
    }

    public func find(_ id: TaxRuleID, _ connection: Connection) throws -> TaxRule? {
        try TaxQueries.find(id, connection)
    }

    public func insert(_ rule: TaxRule, in tx: Transaction) throws -> TaxRuleID {
        try alone { try TaxQueries.insert(Self.normal(rule), at: time.now, tx) }
    }

    public func update(_ rule: TaxRule, in tx: Transaction) throws -> Bool {
        try alone { try TaxQueries.update(Self.normal(rule), at: time.now, tx) }
    }

    public func delete(_ rule: TaxRule, in tx: Transaction) throws {
        try TaxQueries.delete(rule.id, tx)
    }

    public func body(of rule: TaxRule) -> TaxRuleBody { TaxRuleBody(rule) }

    private static func normal(_ rule: TaxRule) -> TaxRule {
        var rule = rule
        rule.state = Destination.stateCode(rule.state, in: rule.country)
        return rule
    }

    private func alone<Value>(_ write: () throws -> Value) throws -> Value {
        do {
            return try write()
        } catch let error as SQLError where error.kind == .unique {
            throw ValidationError.whole("There is a rate for this country, state and tax class already.")
        }
    }
}
