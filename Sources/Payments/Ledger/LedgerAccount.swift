import Commerce
import SQL

/// An account of the ledger.
public struct LedgerAccount: Sendable, Hashable, SQLConvertible, CustomStringConvertible {
    /// The stable name, as staff filter by it: `clearing:stripe`.
    public let name: String

    private init(_ name: String) { self.name = name }

    /// What customers owe the shop; below zero where the shop owes them.
    public static let receivable = LedgerAccount("receivable")
    /// Sales, net of tax.
    public static let sales = LedgerAccount("sales")
    /// What was credited of sales, net of tax.
    public static let refunds = LedgerAccount("refunds")
    /// Taxes collected for the state.
    public static let tax = LedgerAccount("tax")
    /// Shipping, net of tax.
    public static let shipping = LedgerAccount("shipping")
    /// What gateways keep.
    public static let fees = LedgerAccount("fees")
    /// Money that banks hold back or took back in disputes.
    public static let disputes = LedgerAccount("disputes")
    /// What vendors earn of sales, before the shop's commission.
    public static let vendorShares = LedgerAccount("vendor_shares")
    /// What the shop keeps of vendors' sales.
    public static let commission = LedgerAccount("commission")
    /// What was given to vendors, or taken from them, by staff's word.
    public static let vendorAdjustments = LedgerAccount("vendor_adjustments")
    /// Money on its way to vendors, or there.
    public static let payouts = LedgerAccount("payouts")

    /// Returns the account of what the shop owes a vendor; below zero where the vendor owes the shop.
    public static func payable(_ vendor: VendorID) -> LedgerAccount { LedgerAccount("payable:\(vendor.rawValue)") }

    /// Returns the account of what a gateway holds for the shop.
    public static func clearing(_ gateway: GatewayCode) -> LedgerAccount {
        LedgerAccount("clearing:" + gateway.rawValue)
    }

    /// The name.
    public var description: String { name }
    /// The name as text.
    public var sqlValue: SQLValue { .text(name) }

    /// Reads a name.
    ///
    /// - Throws: `SQLError` of kind `.decoding` where the value is no text.
    public init(sqlValue value: SQLValue) throws(SQLError) { self.init(try String(sqlValue: value)) }
}

/// A group of entries that belong together and sum to zero, before it has a row.
public struct LedgerPosting: Sendable {
    /// What has been posted.
    public enum Kind: String, WireEnum {
        case invoice
        case creditNote = "credit_note"
        case capture
        case fee
        case refund
        /// A completed refund that failed afterwards.
        case refundReversal = "refund_reversal"
        case dispute
        case disputeReversal = "dispute_reversal"
        /// What vendors earn of an order, or lose of it again.
        case vendorShare = "vendor_share"
        case vendorAdjustment = "vendor_adjustment"
        case payout
        /// A payout that failed.
        case payoutReversal = "payout_reversal"
    }

    let kind: Kind
    /// Nil for what is about no order: a payout, an adjustment.
    let order: OrderID?
    let payment: PaymentID?
    let refund: RefundID?
    let currency: String
    /// Debits above zero, credits below, in minor units.
    private(set) var amounts: [(account: LedgerAccount, amount: Money)] = []

    /// Creates a posting without entries.
    public init(
        _ kind: Kind, _ order: OrderID?, payment: PaymentID? = nil, refund: RefundID? = nil, currency: String
    ) {
        self.kind = kind
        self.order = order
        self.payment = payment
        self.refund = refund
        self.currency = currency
    }

    /// Moves an amount from `credit` to `debit`; one below zero the other way round.
    ///
    /// - Throws: `OutOfRange`.
    public mutating func move(_ amount: Money, debit: LedgerAccount, credit: LedgerAccount) throws(OutOfRange) {
        guard amount != .zero else { return }
        amounts.append((debit, amount))
        amounts.append((credit, try Money.zero - amount))
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { amounts.isEmpty }

    /// Returns the entries, one for each account, without those that cancel out.
    ///
    /// - Throws: `OutOfRange`.
    func entries() throws(OutOfRange) -> [(account: LedgerAccount, debit: Money, credit: Money)] {
        var sums: [(account: LedgerAccount, amount: Money)] = []
        for (account, amount) in amounts {
            if let index = sums.firstIndex(where: { $0.account == account }) {
                try sums[index].amount += amount
            } else {
                sums.append((account, amount))
            }
        }
        var entries: [(account: LedgerAccount, debit: Money, credit: Money)] = []
        for (account, amount) in sums where amount != .zero {
            entries.append((account, max(amount, .zero), amount < .zero ? try Money.zero - amount : .zero))
        }
        return entries
    }
}
