import Commerce
import Primitives
import SQL
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
    /// When it was put into a message to the bank.
    let exportedAt: Timestamp?
    let bankMessageID: String?

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
        exportedAt = payout.exportedAt
        bankMessageID = payout.bankMessage
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

    init(_ payouts: [Payout], currency: Currency) {
        self.payouts = payouts.map { Line($0, currency: currency) }
    }
}

extension PayoutsRecord.Line {
    init(_ payout: Payout, currency: Currency) {
        self.init(
            id: payout.id, vendorID: payout.vendor,
            amount: (Currency(code: payout.currency) ?? currency).price(payout.amount), currency: payout.currency,
            status: payout.status)
    }
}

extension PayoutService {
    /// Writes into the audit which payouts a transaction has made or changed.
    ///
    /// - Throws: `EncodingError`, `SQLError`.
    func record(_ payouts: [Payout], _ call: APIRequest, in tx: Transaction) throws {
        try call.record(PayoutsRecord(payouts, currency: currency), at: time.now, in: tx)
    }
}

/// What the audit keeps of an export: no names and no accounts.
struct PayoutExportRecord: ResponseBody {
    let format: String
    /// The message to the bank; null for a CSV.
    let messageID: String?
    /// The number of payouts; null where it is the message's own.
    let count: Int?
}

/// A message to the bank, without accounts.
struct BankMessageBody: ResponseBody {
    /// A payout that the message has not, with the reason.
    struct LeftOut: Codable, Sendable {
        let payoutID: PayoutID
        let reason: String
    }

    /// The id under which the file is given; null where there was nothing to pay.
    let messageID: String?
    let total: Price
    let currency: String
    let payouts: [PayoutsRecord.Line]
    let leftOut: [LeftOut]
    /// Whether more payouts wait for a further message.
    let hasMore: Bool

    /// - Throws: `OutOfRange`.
    init(_ message: BankMessage, currency: Currency) throws(OutOfRange) {
        messageID = message.id
        total = currency.price(try message.transfers.map(\.payout.amount).total())
        self.currency = currency.code
        payouts = message.transfers.map { PayoutsRecord.Line($0.payout, currency: currency) }
        leftOut = message.leftOut.map { LeftOut(payoutID: $0.payout, reason: $0.problem.rawValue) }
        hasMore = message.hasMore
    }
}

/// An entry of a vendor's account.
struct VendorEntryBody: ResponseBody {
    let id: VendorEntryID
    let entryType: VendorEntry.Kind
    let amount: Price
    let currency: String
    let orderID: OrderID?
    /// The number of the order, as its buyer knows it.
    let orderNumber: String?
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
        orderNumber = entry.orderNumber
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
