import Commerce
import Modules
import Primitives
import SQL

/// What is known of people as vendors and as customers who reviewed them: how it goes into archives, and how it goes.
enum VendorErasureQueries {
    static let archive: [ArchivePart] = [
        ArchivePart(
            "vendor",
            [
                "name", "business_type", "registration_number", "tax_id", "description", "status", "status_reason",
                "is_verified", "approved_at", "created_at",
            ]
        ) { "vendors \($0.own)" },
        ArchivePart(
            "vendor_profile",
            [
                "phone_number", "email", "website", "address_line1", "address_line2", "city", "state", "postal_code",
                "country", "payout_method", "social_links",
            ]
        ) { "vendor_profiles WHERE vendor_id IN \(vendors(of: $0.id))" },
        ArchivePart(
            "vendor_documents",
            ["document_type", "file_name", "status", "rejection_reason", "uploaded_at", "verified_at"]
        ) { "vendor_documents WHERE vendor_id IN \(vendors(of: $0.id)) ORDER BY id" },
        ArchivePart(
            "vendor_reviews", ["vendor_id", "order_id", "rating", "review_text", "created_at"]
        ) { "vendor_reviews \($0.own)" },
    ]

    private static func vendors(of user: UserID) -> Query { "(SELECT id FROM vendors WHERE user_id = \(user))" }

    /// Returns the media keys of a user's files as a vendor.
    static func files(of user: UserID, _ connection: Connection) throws -> [String] {
        try connection.column(
            """
            SELECT logo_key FROM vendors WHERE user_id = \(user) AND logo_key IS NOT NULL
            UNION SELECT banner_key FROM vendors WHERE user_id = \(user) AND banner_key IS NOT NULL
            UNION SELECT file_key FROM vendor_documents WHERE vendor_id IN \(vendors(of: user))
            """)
    }

    /// Takes a user out of their vendor's row, which stays for the orders and books that name it, and deletes the papers.
    static func close(_ vendor: VendorID, at now: Timestamp, _ tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE vendors SET name = 'Closed vendor', slug = \("closed-vendor-\(vendor)"), registration_number = '',
            tax_id = '', description = '', logo_key = NULL, banner_key = NULL, status = \(VendorStatus.suspended),
            status_reason = '', is_verified = 0, version = version + 1, closed_at = \(now), updated_at = \(now) WHERE id = \(vendor)
            """)
        try tx.execute("DELETE FROM vendor_documents WHERE vendor_id = \(vendor)")
    }

    /// Returns whether the owner of a vendor was erased, and the vendor closed with them.
    static func isClosed(_ vendor: VendorID, _ connection: Connection) throws -> Bool {
        try connection.value(
            "SELECT 1 FROM vendors WHERE id = \(vendor) AND closed_at IS NOT NULL", as: Int.self) != nil
    }

    /// Marks a closed vendor whose profile is deleted when no money is to go there any more.
    static func hold(_ vendor: VendorID, _ tx: Transaction) throws {
        try tx.execute("\(tx.dialect.insertOrIgnore) erasure_vendors (vendor_id) VALUES (\(vendor))")
    }

    /// Returns the vendors that are marked.
    static func held(_ connection: Connection) throws -> [VendorID] {
        try connection.column("SELECT vendor_id FROM erasure_vendors ORDER BY vendor_id", as: VendorID.self)
    }

    /// Deletes the profiles of closed vendors, and their marks.
    static func deleteProfiles(of vendors: [VendorID], _ tx: Transaction) throws {
        guard !vendors.isEmpty else { return }
        try tx.execute("DELETE FROM vendor_profiles WHERE vendor_id IN (\(list: vendors))")
        try tx.execute("DELETE FROM erasure_vendors WHERE vendor_id IN (\(list: vendors))")
    }

    /// Empties at most `limit` reviews that a user wrote; the stars stay, and are nobody's.
    static func unname(reviewsBy user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column(
            "SELECT id FROM vendor_reviews WHERE user_id = \(user) ORDER BY id LIMIT \(limit)", as: VendorReviewID.self)
        guard !ids.isEmpty else { return 0 }
        try tx.execute(
            "UPDATE vendor_reviews SET user_id = NULL, review_text = '', response = '' WHERE id IN (\(list: ids))")
        return ids.count
    }

    /// Empties at most `limit` answers that a user wrote as a vendor.
    static func unname(answersBy user: UserID, limit: Int, _ tx: Transaction) throws -> Int {
        let ids = try tx.column(
            """
            SELECT id FROM vendor_reviews WHERE vendor_id IN \(vendors(of: user)) AND responded_at IS NOT NULL
            ORDER BY id LIMIT \(limit)
            """, as: VendorReviewID.self)
        guard !ids.isEmpty else { return 0 }
        try tx.execute(
            "UPDATE vendor_reviews SET response = '', responded_at = NULL WHERE id IN (\(list: ids))")
        return ids.count
    }
}
