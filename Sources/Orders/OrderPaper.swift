import Commerce
import Primitives
import SQL
import Web

/// A numbered document of an order without its content: which it is, and what it is about.
public struct OrderPaper: RowDecodable, Sendable {
    static let columns: Query = """
        \(Invoice.columns), return_id, (SELECT r.kind FROM returns r WHERE r.id = invoices.return_id)
        """

    let invoice: Invoice
    /// The return or cancellation that it credits; nil for a document about the order.
    public let returnID: ReturnID?
    let subject: Subject

    /// Whether it is a credit note; an invoice otherwise.
    public var isCreditNote: Bool { invoice.series == .creditNote }

    /// What a document can be about.
    enum Subject: String, WireEnum {
        case order
        case goods = "return"
        case cancellation
    }

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        invoice = try Invoice(row: &row)
        let id: Int64 = try row()
        let kind: Return.Kind? = try row()
        returnID = id == 0 ? nil : ReturnID(id)
        subject =
            switch kind {
            case nil: .order
            case .goods?: .goods
            case .cancellation?: .cancellation
            }
    }
}

/// A numbered document as answers name it; its content is a PDF.
public struct OrderPaperBody: ResponseBody {
    enum Kind: String, WireEnum {
        case invoice
        case creditNote = "credit_note"
    }

    /// The number, such as `INV-2026-000001`.
    let id: String
    let kind: Kind
    let subject: OrderPaper.Subject
    let returnID: ReturnID?
    let issuedAt: Timestamp

    /// Names a document.
    public init(_ paper: OrderPaper) {
        id = paper.invoice.number
        kind = paper.invoice.series == .invoice ? .invoice : .creditNote
        subject = paper.subject
        returnID = paper.returnID
        issuedAt = paper.invoice.issuedAt
    }
}
