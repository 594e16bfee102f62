import Commerce

/// Two numbers, or words, of the shop's books that should be equal and are not.
public struct LedgerDifference: Sendable, Hashable, CustomStringConvertible {
    /// The comparisons, worded for reports: what is found, and what it is held against.
    public enum Rule: String, Sendable, CaseIterable {
        case balance = "debits and credits"
        case oneCurrency = "its number of currencies, and one"
        case ownEntries = "entries of another order or payment than its own, and none"
        case owner = "the payment or order that it is posted for, and one that is there"
        case currency = "its currency, and that of its order"
        case captures = "captures posted, and what was captured"
        case fees = "fees posted, and what the gateway kept"
        case refunds = "refunds posted less those that failed, and what was refunded"
        case disputes = "disputes posted, and what banks hold or took back"
        case clearing = "what the gateway holds, and what was captured less fees, refunds and disputes"
        case completedRefunds = "what was refunded, and the sum of its completed refunds"
        case refundsWithinCaptured = "refunds completed or under way, and at most what was captured"
        case refund = "what is posted of it, and what of it is completed"
        case status = "its status, and what follows from what is known of it"
        case refundStatus = "the status of its refunds, and what follows from them"
        case invoices = "invoices posted, and invoices issued"
        case creditNotes = "credit notes posted, and credit notes issued"
        case receivable = "what its customer owes, and what its documents claim less the money that came"
        case tax = "taxes posted, and those of its documents"
        case paid = "what came for it, and at least what was due of it since it is paid"
        case unpaid = "what came for it, and less than what is due of it since it is unpaid"
        case paymentStatus = "its payment's status, and what follows from its refunds"
    }

    /// What a comparison is about.
    public enum Subject: Sendable, Hashable, CustomStringConvertible {
        /// A transaction of the ledger, by its id.
        case transaction(Int64)
        case payment(PaymentID)
        case refund(RefundID)
        case order(OrderID)

        /// The kind and the id.
        public var description: String {
            switch self {
            case .transaction(let id): "transaction \(id)"
            case .payment(let id): "payment \(id)"
            case .refund(let id): "refund \(id)"
            case .order(let id): "order \(id)"
            }
        }
    }

    /// The comparison that failed.
    public let rule: Rule
    /// What it is about.
    public let subject: Subject
    /// What the books have; amounts in minor units.
    public let found: String
    /// What other rows say that it should be.
    public let expected: String

    /// Names a difference.
    public init(
        _ rule: Rule, _ subject: Subject, found: some CustomStringConvertible, expected: some CustomStringConvertible
    ) {
        self.rule = rule
        self.subject = subject
        self.found = found.description
        self.expected = expected.description
    }

    /// One line for a report, with the id, the rule and both sides.
    public var description: String { "\(subject): \(rule.rawValue) differ: \(found), \(expected)" }

    /// Returns the difference of two amounts in minor units; nil where they are equal.
    public static func between(_ rule: Rule, _ subject: Subject, _ found: Int, _ expected: Int) -> LedgerDifference? {
        found == expected ? nil : LedgerDifference(rule, subject, found: found, expected: expected)
    }
}
