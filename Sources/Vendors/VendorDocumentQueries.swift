import Commerce
import Primitives
import SQL

/// The statements of `vendor_documents`.
enum VendorDocumentQueries {
    static func all(of vendor: VendorID, _ connection: Connection) throws -> [VendorDocument] {
        try connection.all(
            "SELECT \(VendorDocument.columns) FROM vendor_documents WHERE vendor_id = \(vendor) ORDER BY id")
    }

    static func count(of vendor: VendorID, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM vendor_documents WHERE vendor_id = \(vendor)") ?? 0
    }

    static func find(
        _ id: VendorDocumentID, of vendor: VendorID, _ connection: Connection
    ) throws -> VendorDocument? {
        try connection.first(
            """
            SELECT \(VendorDocument.columns) FROM vendor_documents WHERE id = \(id) AND vendor_id = \(vendor)
            """)
    }

    static func insert(
        _ type: VendorDocumentType, file: String, named name: String, of vendor: VendorID, at now: Timestamp,
        _ tx: Transaction
    ) throws -> VendorDocumentID {
        VendorDocumentID(
            try tx.insert(
                """
                INSERT INTO vendor_documents (vendor_id, document_type, file_key, file_name, status, uploaded_at)
                VALUES (\(vendor), \(type), \(file), \(name), \(VendorDocumentStatus.pending), \(now))
                """))
    }

    static func decide(
        _ status: VendorDocumentStatus, reason: String, _ id: VendorDocumentID, by user: UserID, at now: Timestamp,
        _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE vendor_documents SET status = \(status), rejection_reason = \(reason), reviewed_by = \(user),
            verified_at = \(status == .verified ? now : nil) WHERE id = \(id)
            """)
    }

    /// Has staff look at a vendor's verified papers again.
    static func reopen(of vendor: VendorID, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendor_documents SET status = \(VendorDocumentStatus.pending), reviewed_by = NULL, verified_at = NULL
            WHERE vendor_id = \(vendor) AND status = \(VendorDocumentStatus.verified)
            """)
    }

    static func referenced(_ keys: [String], _ connection: Connection) throws -> [String] {
        guard !keys.isEmpty else { return [] }
        return try connection.column(
            "SELECT DISTINCT file_key FROM vendor_documents WHERE file_key IN (\(list: keys))")
    }
}
