import Commerce
import Primitives
import SQL
import Web

/// The shop's tax rates: their editing, and the choice for a destination.
public struct TaxService: Sendable {
    let time: TimeSource

    /// Creates a service that stamps rows by `time`.
    public init(time: TimeSource = .machine) {
        self.time = time
    }

    /// Returns the rate of each of these tax classes at an order's destination: a province's comes before that of the
    /// region around it, and that before its country's. A class without one there is taxed as `standard`; where that
    /// has none either, it is left out.
    ///
    /// - Throws: `ValidationError` on `state` where it is missing and rates of the country are by state, `SQLError`.
    public func rates(
        for destination: Destination, classes: Set<String>, _ connection: Connection
    ) throws -> [String: TaxRate] {
        let states = destination.states
        let spellings = states.flatMap { Subdivisions.spellings(of: $0, in: destination.country) }
        let rules = try TaxQueries.rules(
            of: destination.country, in: destination.lacksState ? nil : spellings, connection)
        if destination.lacksState, rules.contains(where: { !$0.state.isEmpty }) { throw destination.missingState }
        var rates: [String: TaxRate] = [:]
        for place in [""] + states {
            for rule in rules where rule.stateCode == place {
                rates[TaxClass.normal(rule.taxClass)] = TaxRate(name: rule.name, millionths: rule.rate)
            }
        }
        return classes.reduce(into: [:]) { $0[$1] = rates[TaxClass.normal($1)] ?? rates[TaxClass.standard] }
    }

    /// Refuses a tax class that is neither one that every shop knows nor named by a rate, as a ``TaxClassCheck``.
    ///
    /// - Throws: `ValidationError` on `tax_class`, `SQLError`.
    @Sendable public static func check(taxClass: String, _ connection: Connection) throws {
        if TaxClass.predefined.contains(TaxClass.normal(taxClass)) { return }
        try TaxClass.check(taxClass, among: classes(connection))
    }

    /// Returns every tax class of the shop, in the form in which classes are compared.
    ///
    /// - Throws: `SQLError`.
    public static func classes(_ connection: Connection) throws -> Set<String> {
        TaxClass.predefined.union(try TaxQueries.classes(connection).map(TaxClass.normal))
    }
}

extension TaxService: AdminResource {
    /// By country, where a request names no order.
    public static var defaultOrdering: Ordering<TaxSortKey> { Ordering(.country) }

    /// Reads the fields of a rate, which is sent as a fraction of 1 and stored in millionths.
    public static func change(_ fields: Fields) -> Change<TaxRule> {
        var change = Change<TaxRule>()
        change.set(\.name, to: fields.sent("name") { $0.string($1, length: 1...100) })
        change.set(\.country, to: fields.sent("country") { $0.country($1) })
        change.set(\.state, to: fields.sent("state") { $0.string($1, .optional(""), length: 0...100) })
        change.set(
            \.rate,
            to: fields.sent("rate") {
                $0.decimal($1, scale: 6, in: 0...1_000_000, beyond: noFraction)
            })
        change.set(
            \.taxClass,
            to: fields.ifSent("tax_class") {
                TaxClass.normal($0.string($1, .optional(TaxClass.standard), length: 1...50))
            })
        return change
    }

    private static let noFraction = "A rate is a fraction of 1: write 0.0725, not 7.25."

    /// Reads the filters `country` and `tax_class`.
    public static func filter(_ fields: Fields) -> TaxFilter {
        TaxFilter(
            country: fields.optionalCountry("country"),
            taxClass: fields.optionalString("tax_class").map(TaxClass.normal))
    }

    /// Inserts a rate, its state by its code, and returns its key.
    ///
    /// - Throws: `ValidationError` on `state`, or where the country, state and class have another rate, `SQLError`.
    public func insert(_ rule: TaxRule, in tx: Transaction) throws -> TaxRuleID {
        try alone { try insertRow(rule.checked(), at: time.now, in: tx) }
    }

    /// Writes a rate, its state by its code, and returns false where the row is at another version.
    ///
    /// - Throws: `ValidationError` on `state`, or where the country, state and class have another rate, `SQLError`.
    public func update(_ rule: TaxRule, in tx: Transaction) throws -> Bool {
        try alone { try updateRow(rule.checked(), at: time.now, in: tx) }
    }

    /// Shows a rule with its rate as a fraction of 1.
    public func body(of rule: TaxRule) -> TaxRuleBody { TaxRuleBody(rule) }

    private func alone<Value>(_ write: () throws -> Value) throws -> Value {
        do {
            return try write()
        } catch let error as SQLError where error.kind == .unique {
            throw ValidationError.whole("There is a rate for this country, state and tax class already.")
        }
    }
}
