import Orders
import Payments
import SQL

extension PaymentService {
    /// Writes an issued document into the ledger: an invoice is owed by its customer, a credit note to them.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func post(_ issued: IssuedAmounts, in tx: Transaction) throws {
        let kind: LedgerPosting.Kind = issued.isCredit ? .creditNote : .invoice
        var posting = LedgerPosting(kind, issued.order, currency: issued.currency)
        let parts = [
            (try issued.goods, issued.isCredit ? LedgerAccount.refunds : .sales), (issued.shipping, .shipping),
            (issued.tax, .tax),
        ]
        for (amount, account) in parts {
            if issued.isCredit {
                try posting.move(amount, debit: account, credit: .receivable)
            } else {
                try posting.move(amount, debit: .receivable, credit: account)
            }
        }
        try post(posting, in: tx)
    }
}
