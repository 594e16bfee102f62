import Commerce
import Primitives
import SQL
import Web

/// Rules of commission as staff edit them. What was sold under a rule keeps its rate.
struct CommissionRuleResource: AdminResource {
    let time: TimeSource

    static var defaultOrdering: Ordering<CommissionRuleSortKey> { Ordering(.validFrom, descending: true) }

    static func change(_ fields: Fields) -> Change<CommissionRule> {
        var change = Change<CommissionRule>()
        change.set(\.vendor, to: fields.ifSent("vendor") { $0.optionalID($1) })
        change.set(\.category, to: fields.ifSent("category") { $0.optionalID($1) })
        change.set(
            \.rate,
            to: fields.sent("rate") { $0.decimal($1, scale: 6, in: 0...1_000_000, beyond: noFraction) })
        change.set(\.validFrom, to: fields.ifSent("valid_from") { $0.optionalTimestamp($1) })
        return change
    }

    private static let noFraction = "A rate is a fraction of 1: write 0.12, not 12."

    static func filter(_ fields: Fields) -> CommissionRuleFilter {
        CommissionRuleFilter(vendor: fields.optionalID("vendor"), category: fields.optionalID("category"))
    }

    func rows(
        _ filter: CommissionRuleFilter, by order: Ordering<CommissionRuleSortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> [CommissionRule] {
        try CommissionQueries.list(filter, by: order, page, connection)
    }

    func insert(_ rule: CommissionRule, in tx: Transaction) throws -> CommissionRuleID {
        let (rule, now) = (try rule.checked(at: time.now), time.now)
        return try known(rule) { try insertRow(rule, at: now, in: tx) }
    }

    func update(_ rule: CommissionRule, in tx: Transaction) throws -> Bool {
        let (rule, now) = (try rule.checked(at: time.now), time.now)
        return try known(rule) { try updateRow(rule, at: now, in: tx) }
    }

    func body(of rule: CommissionRule) -> CommissionRuleBody { CommissionRuleBody(rule) }

    /// Runs `write` and turns a foreign key that leads nowhere into an error on the field that was sent.
    private func known<Value>(_ rule: CommissionRule, _ write: () throws -> Value) throws -> Value {
        do {
            return try write()
        } catch let error as SQLError where error.kind == .foreignKey {
            let message = "Invalid pk - object does not exist."
            throw ValidationError(rule.vendor == nil ? "category" : "vendor", message)
        }
    }
}
