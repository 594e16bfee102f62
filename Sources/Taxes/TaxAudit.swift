import Commerce
import SQL

/// Finds tax rates that do less than they seem to.
public enum TaxAudit {
    /// Returns a sentence for an operator about each rate that taxes nobody or too much, and about each place without a
    /// standard rate.
    ///
    /// - Throws: `SQLError`.
    public static func findings(_ connection: Connection) throws -> [String] {
        let rules = try TaxQueries.all(connection)
        return rules.flatMap(findings) + withoutStandard(rules)
    }

    private static func findings(_ rule: TaxRule) -> [String] {
        let name = "rate \(rule.id) (\(rule.name), \(rule.country))"
        var findings: [String] = []
        if Subdivisions.read(rule.state, in: rule.country, isRule: true) == .unknown {
            findings.append("\(name) is of the state \"\(rule.state)\", which is none: nobody is taxed by it")
        }
        if rule.rate > 1_000_000 {
            let (rate, percent) = (rule.rate.decimalText(scale: 6), rule.rate.decimalText(scale: 4))
            findings.append("\(name) is \(rate), which is \(percent) %: a rate is a fraction of 1")
        }
        return findings
    }

    /// Reports places whose rates leave goods without a class of their own untaxed.
    private static func withoutStandard(_ rules: [TaxRule]) -> [String] {
        let places = Dictionary(grouping: rules) { [$0.country, $0.stateCode] }
        let isStandard = { (rule: TaxRule) in TaxClass.normal(rule.taxClass) == TaxClass.standard }
        return places.keys.sorted { $0.joined(separator: "-") < $1.joined(separator: "-") }.compactMap { place in
            let around = [""] + (place[1].isEmpty ? [] : Subdivisions.around(place[1], in: place[0]))
            let known = around.flatMap { places[[place[0], $0]] ?? [] }
            guard !known.contains(where: isStandard) else { return nil }
            let name = place.filter { !$0.isEmpty }.joined(separator: "-")
            return "\(name) has rates and none of the class standard: what has no rate of its own there is not taxed"
        }
    }
}
