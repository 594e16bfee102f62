import Commerce
import Primitives

/// Invoice ids, which PayPal's accounts take once only unless told otherwise: those of a payment and of its refunds are made from
/// our own unique id, so that an order can be paid a second time.
enum PayPalInvoice {
    /// The most characters of an id.
    private static let most = 127

    /// Returns the invoice id of a payment: the order's number, for staff to search by, and our id.
    static func payment(_ draft: GatewayDraft) -> String {
        let id = draft.orderNumber + "-" + draft.transactionID
        return id.unicodeScalars.count <= most ? id : draft.transactionID
    }

    /// Returns the invoice id of a refund.
    static func refund(_ id: RefundID, of transactionID: String) -> String { "\(transactionID)-r\(id.rawValue)" }

    /// Returns our refund that an invoice id names; nil where it names none of that payment.
    static func refund(_ invoice: String, of transactionID: String) -> RefundID? {
        guard !transactionID.isEmpty, let digits = invoice.after(transactionID + "-r"), let number = Int64(digits),
            number > 0
        else { return nil }
        return RefundID(number)
    }
}
