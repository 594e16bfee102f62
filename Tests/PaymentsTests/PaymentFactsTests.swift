import Commerce
import Payments
import Primitives
import Testing

/// Reports about a payment come late, doubled and in any order.
@Suite struct PaymentFactsTests {
    private static let names = GatewayLookup(transactionID: "p1")

    private func report(_ progress: GatewayPayment.Progress, _ authorized: Int64, _ captured: Int64) -> GatewayPayment {
        GatewayPayment(
            Self.names, progress, authorized: Money(minorUnits: authorized), captured: Money(minorUnits: captured))
    }

    private func facts(_ reports: [GatewayPayment]) -> PaymentFacts {
        reports.reduce(PaymentFacts()) { $0.merging($1) }
    }

    @Test func `every order of reports ends in the same facts`() {
        let reports = [
            report(.open, 0, 0), report(.failed, 0, 0), report(.processing, 1_000, 0), report(.processing, 1_000, 400),
            report(.canceled, 1_000, 400),
        ]
        let orders = permutations(reports)
        #expect(orders.count == 120)
        #expect(Set(orders.map(facts)).count == 1)
        #expect(Set(orders.map { facts($0 + $0.reversed()) }) == Set(orders.map(facts)))
    }

    @Test func `random reports merge the same in any grouping`() {
        let random = RandomSource.seeded(16)
        for _ in 0..<2_000 {
            let reports = (0..<4).map { _ in
                report(
                    GatewayPayment.Progress.allCases[random.number(below: 5)], Int64(random.number(below: 3)),
                    Int64(random.number(below: 3)))
            }
            #expect(facts(reports) == facts(reports.reversed()))
            #expect(facts(reports + reports) == facts(reports))
        }
    }

    @Test(arguments: [
        (GatewayPayment.Progress.open, 0, 0, 0, PaymentState.pending),
        (.approved, 0, 0, 0, .processing), (.processing, 0, 0, 0, .processing), (.processing, 10, 0, 0, .authorized),
        (.failed, 0, 0, 0, .failed), (.failed, 10, 0, 0, .authorized), (.canceled, 10, 0, 0, .cancelled),
        (.failed, 10, 10, 0, .completed), (.canceled, 10, 4, 0, .completed), (.open, 10, 10, 4, .partiallyRefunded),
        (.open, 10, 10, 10, .refunded), (.canceled, 10, 4, 4, .refunded),
    ])
    func `money that moved decides the status before all else`(
        progress: GatewayPayment.Progress, authorized: Int64, captured: Int64, refunded: Int64, status: PaymentState
    ) {
        #expect(facts([report(progress, authorized, captured)]).status(refunded: Money(minorUnits: refunded)) == status)
    }

    private func permutations<Value>(_ values: [Value]) -> [[Value]] {
        guard values.count > 1 else { return [values] }
        return values.indices.flatMap { index in
            var rest = values
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
