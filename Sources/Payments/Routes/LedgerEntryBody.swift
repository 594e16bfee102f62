import Commerce
import Primitives
import Web

/// An entry of the ledger, as staff see it.
struct LedgerEntryBody: ResponseBody {
    let id: Int64
    let transactionID: Int64
    let account: String
    let debit: Price
    let credit: Price
    let currency: String
    let orderID: OrderID?
    let orderNumber: String?
    let paymentID: PaymentID?
    let createdAt: Timestamp

    init(_ entry: LedgerEntry, orderNumber: String?, currency: Currency) {
        let currency = Currency(code: entry.currency) ?? currency
        id = entry.id
        transactionID = entry.transaction
        account = entry.account.name
        debit = currency.price(entry.debit)
        credit = currency.price(entry.credit)
        self.currency = entry.currency
        orderID = entry.order
        self.orderNumber = orderNumber
        paymentID = entry.payment
        createdAt = entry.createdAt
    }
}
