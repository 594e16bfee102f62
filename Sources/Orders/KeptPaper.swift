import Documents
import Primitives
import SQL

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A numbered paper as it was issued. All that is drawn of it was written in the transaction that drew its number, so that
/// neither another name of the shop nor another state of the order changes it.
struct KeptPaper: RowDecodable, Sendable {
    static let columns: Query = "\(Invoice.columns), document"

    let invoice: Invoice
    /// Nil on papers from before they were kept, until they have been filled in.
    let document: CommercialDocument?

    init(row: Row) throws {
        invoice = try Invoice(row: row)
        let text: String? = try row[4]
        document = try text.map { try JSONDecoder().decode(CommercialDocument.self, from: Data($0.utf8)) }
    }

    static func text(_ document: CommercialDocument) throws -> String {
        String(decoding: try JSONBytes.encode(document), as: UTF8.self)
    }
}
