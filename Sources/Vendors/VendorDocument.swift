import Commerce
import Primitives
import SQL

/// A paper of a vendor.
public struct VendorDocumentID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }
}

/// What a vendor's paper shows.
public enum VendorDocumentType: String, WireEnum {
    case idProof = "id_proof"
    case addressProof = "address_proof"
    case businessLicense = "business_license"

    /// Returns the kinds of paper that a business of this form has to show.
    static func needed(by type: BusinessType) -> Set<VendorDocumentType> {
        switch type {
        case .individual: [.idProof, .addressProof]
        case .company: [.idProof, .addressProof, .businessLicense]
        }
    }
}

/// The decision of staff on a paper.
public enum VendorDocumentStatus: String, WireEnum {
    case pending
    case verified
    case rejected
}

/// A paper by which a vendor shows who they are.
struct VendorDocument: Sendable, Hashable {
    let id: VendorDocumentID
    let vendor: VendorID
    let type: VendorDocumentType
    let fileKey: String
    /// The name that the vendor's file had; for display only.
    let fileName: String
    let status: VendorDocumentStatus
    /// Empty unless it was rejected.
    let rejectionReason: String
    let uploadedAt: Timestamp
    let verifiedAt: Timestamp?
}

extension VendorDocument: RowDecodable {
    static let columns: Query = """
        id, vendor_id, document_type, file_key, file_name, status, rejection_reason, uploaded_at, verified_at
        """

    init(row: inout RowReader) throws {
        id = try row()
        vendor = try row()
        type = try row()
        fileKey = try row()
        fileName = try row()
        status = try row()
        rejectionReason = try row()
        uploadedAt = try row()
        verifiedAt = try row()
    }
}

/// The form of PDF files.
enum PDFCheck {
    /// Returns whether `bytes` begin and end as a PDF does (ISO 32000-2, 7.5.2 and 7.5.5).
    static func isPDF(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: "%PDF-".utf8) else { return false }
        let (end, mark) = (bytes.suffix(1_024), Array("%%EOF".utf8))
        return end.indices.contains { end[$0] == mark[0] && end[$0...].starts(with: mark) }
    }
}
