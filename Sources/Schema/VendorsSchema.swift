import SQL

/// Makes the tables of the vendors app.
enum VendorsSchema {
    static let migrations = [Migration(5, "vendors", steps)]

    static let steps: [Migration.Step] = [
        .create(vendors), .create(profiles), .create(documents), .create(reviews), .create(erasures),
    ]

    /// `commission_rate` is the rate in millionths that staff gave at approval; `rating_sum` and `rating_count` are the sums over
    /// `vendor_reviews`, and change in the transactions that change those.
    private static let vendors = Table("vendors") {
        Column.id
        Column("user_id", .integer, .null, .unique, .references("users", onDelete: .setNull))
        Column("name", .text(200))
        Column("slug", .text(220), .unique)
        Column("business_type", .text(20), .defaultText("company"))
        Column("registration_number", .text(100), .defaultText(""))
        Column("tax_id", .text(50), .defaultText(""))
        Column("description", .text(5_000), .defaultText(""))
        Column("logo_key", .text(255), .null)
        Column("banner_key", .text(255), .null)
        Column("commission_rate", .integer, .null)
        Column("status", .text(20))
        Column("status_reason", .text(500), .defaultText(""))
        Column("is_verified", .boolean, .defaultInteger(0))
        Column("rating_sum", .integer, .defaultInteger(0))
        Column("rating_count", .integer, .defaultInteger(0))
        Column("version", .integer, .defaultInteger(1))
        Column("approved_at", .timestamp, .null)
        Column("closed_at", .timestamp, .null)
        Column("created_at", .timestamp)
        Column("updated_at", .timestamp)
        Index("status", "created_at")
        Index("created_at")
        Index("name")
        Index("logo_key")
        Index("banner_key")
        Constraint.check("vendors_status", "status IN ('pending', 'approved', 'rejected', 'suspended')")
        Constraint.check("vendors_business_type", "business_type IN ('individual', 'company')")
        Constraint.check("vendors_rating", "rating_count >= 0 AND rating_sum >= 0")
    }

    /// How a vendor is reached and paid. `bank_account` is sealed; so is `sealed_email`, the address that PayPal pays to
    /// of a vendor whose owner is erased.
    private static let profiles = Table("vendor_profiles") {
        Column("vendor_id", .integer, .primaryKey, .references("vendors", onDelete: .cascade))
        Column("phone_number", .text(30), .defaultText(""))
        Column("email", .text(254), .defaultText(""))
        Column("website", .text(200), .defaultText(""))
        Column("address_line1", .text(255), .defaultText(""))
        Column("address_line2", .text(255), .defaultText(""))
        Column("city", .text(100), .defaultText(""))
        Column("state", .text(100), .defaultText(""))
        Column("postal_code", .text(20), .defaultText(""))
        Column("country", .text(2), .defaultText(""))
        Column("bank_account", .text(4_000), .defaultText(""))
        Column("sealed_email", .text(1_000), .defaultText(""))
        Column("payout_method", .text(20), .defaultText("bank_transfer"))
        Column("social_links", .json)
        Constraint.check("vendor_profiles_payout_method", "payout_method IN ('bank_transfer', 'paypal', 'manual')")
    }

    /// Vendors of erased people of whose profile it is kept where money goes, until none is to.
    private static let erasures = Table("erasure_vendors") {
        Column("vendor_id", .integer, .primaryKey, .references("vendors", onDelete: .cascade))
    }

    /// Papers by which a vendor shows who they are; the files are never served to anybody else.
    private static let documents = Table("vendor_documents") {
        Column.id
        Column("vendor_id", .integer, .references("vendors", onDelete: .cascade))
        Column("document_type", .text(20))
        Column("file_key", .text(255))
        Column("file_name", .text(255))
        Column("status", .text(20))
        Column("rejection_reason", .text(500), .defaultText(""))
        Column("reviewed_by", .integer, .null, .references("users", onDelete: .setNull))
        Column("uploaded_at", .timestamp)
        Column("verified_at", .timestamp, .null)
        Index("vendor_id", "id")
        Index("file_key")
        Constraint.check("vendor_documents_status", "status IN ('pending', 'verified', 'rejected')")
        Constraint.check(
            "vendor_documents_type", "document_type IN ('id_proof', 'address_proof', 'business_license')")
    }

    /// What customers say of vendors: one a vendor and order. `order_id` refers to a table that is made later.
    private static let reviews = Table("vendor_reviews") {
        Column.id
        Column("vendor_id", .integer, .references("vendors", onDelete: .cascade))
        Column("user_id", .integer, .null, .references("users", onDelete: .setNull))
        Column("order_id", .integer)
        Column("rating", .integer)
        Column("review_text", .longText)
        Column("response", .longText)
        Column("responded_at", .timestamp, .null)
        Column("created_at", .timestamp)
        Index("order_id", "vendor_id", unique: true)
        Index("vendor_id", "created_at", "id")
        Index("user_id")
        Constraint.check("vendor_reviews_rating", "rating BETWEEN 1 AND 5")
    }
}
