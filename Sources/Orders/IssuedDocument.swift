import Documents
import Primitives
import SQL

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A numbered document as it was issued. Its whole content was written in the transaction that drew its number, so that
/// neither another name of the shop nor another state of the order changes it.
struct IssuedDocument: RowDecodable, Sendable {
    static let columns: Query = "\(Invoice.columns), document"

    let invoice: Invoice
    let document: CommercialDocument

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: inout RowReader) throws {
        invoice = try Invoice(row: &row)
        let text: String = try row()
        document = try JSONDecoder().decode(CommercialDocument.self, from: Data(text.utf8))
    }

    static func text(_ document: CommercialDocument) throws -> String {
        String(decoding: try JSONBytes.encode(document, keys: .asDeclared), as: UTF8.self)
    }
}
