import Commerce
import Primitives
import Vendors
import Web

/// A payout, as its vendor and staff see it.
struct PayoutBody: ResponseBody {
    let id: PayoutID
    let vendorID: VendorID
    let vendorName: String
    let amount: Price
    let currency: String
    let periodStart: String
    let periodEnd: String
    let status: PayoutStatus
    let payoutMethod: PayoutMethod
    let transactionReference: String
    let failureReason: String
    let createdAt: Timestamp
    let processedAt: Timestamp?

    init(_ payout: Payout, currency: Currency) {
        let currency = Currency(code: payout.currency) ?? currency
        id = payout.id
        vendorID = payout.vendor
        vendorName = payout.vendorName
        amount = currency.price(payout.amount)
        self.currency = payout.currency
        periodStart = payout.start.description
        periodEnd = payout.end.description
        status = payout.status
        payoutMethod = payout.method
        transactionReference = payout.reference
        failureReason = payout.failureReason
        createdAt = payout.createdAt
        processedAt = payout.processedAt
    }
}

/// The payouts that a run has made.
struct PayoutRunBody: ResponseBody {
    let payouts: [PayoutBody]
}

/// What the audit keeps of payouts that were made or changed at once: no names, since those may have to be erased.
struct PayoutsRecord: ResponseBody {
    struct Line: Codable, Sendable {
        let id: PayoutID
        let vendorID: VendorID
        let amount: Price
        let currency: String
        let status: PayoutStatus
    }

    let payouts: [Line]

    init(_ payouts: [PayoutBody]) {
        self.payouts = payouts.map {
            Line(id: $0.id, vendorID: $0.vendorID, amount: $0.amount, currency: $0.currency, status: $0.status)
        }
    }
}

/// An entry of a vendor's account.
struct VendorEntryBody: ResponseBody {
    let id: VendorEntryID
    let entryType: VendorEntry.Kind
    let amount: Price
    let currency: String
    let orderID: OrderID?
    let payoutID: PayoutID?
    let reason: String
    let availableAt: Timestamp?
    let createdAt: Timestamp

    init(_ entry: VendorEntry, currency: Currency) {
        let currency = Currency(code: entry.currency) ?? currency
        id = entry.id
        entryType = entry.kind
        amount = currency.price(entry.amount)
        self.currency = entry.currency
        orderID = entry.order
        payoutID = entry.payout
        reason = entry.reason
        availableAt = entry.availableAt
        createdAt = entry.createdAt
    }
}

/// What a vendor is owed.
struct BalanceBody: ResponseBody {
    let vendorID: VendorID
    let balance: Price
    let availableBalance: Price
    let pendingBalance: Price
    let currency: String

    /// - Throws: `OutOfRange`.
    init(_ balance: VendorBalance, of vendor: VendorID, currency: Currency) throws(OutOfRange) {
        vendorID = vendor
        self.balance = currency.price(balance.whole)
        availableBalance = currency.price(try balance.available)
        pendingBalance = currency.price(balance.pending)
        self.currency = currency.code
    }
}
