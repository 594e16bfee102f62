import SQL

@testable import KontorApp

extension AdminWorld {
    /// Puts hostile texts where people write, past every check: names, addresses, notes, reviews, devices. What the shop reads as
    /// more than text stays as it is.
    ///
    /// - Returns: the number of values that were written.
    func poison() async throws -> Int {
        try await stand.shop.installation.database.write { tx in
            var (written, number) = (0, 0)
            for (table, columns) in Self.written {
                for column in columns {
                    number += 1
                    let text = HostileText.text(number)
                    written += try tx.execute("UPDATE \(Query(table)) SET \(Query(column)) = \(text)")
                }
            }
            // Within JSON, where a quote would end it.
            let city = HostileText.all[0]
            return written
                + (try tx.execute(
                    """
                    UPDATE orders SET shipping_address = REPLACE(shipping_address, 'Springfield', \(city)),
                    billing_address = REPLACE(billing_address, 'Springfield', \(city))
                    """))
        }
    }

    /// Columns that hold text of people and nothing else.
    static let written: [(StaticString, [StaticString])] = [
        ("users", ["first_name", "last_name", "bio", "suspension_reason"]),
        ("addresses", ["label", "full_name", "address_line1", "address_line2", "city"]),
        ("user_sessions", ["user_agent", "city"]),
        ("login_history", ["user_agent", "city"]),
        ("account_events", ["user_agent", "detail"]),
        ("suspicious_reports", ["description"]),
        ("orders", ["notes", "tracking_number"]),
        ("order_items", ["product_name", "tax_name", "tracking_number"]),
        ("order_events", ["note"]),
        ("order_notes", ["text"]),
        ("shipments", ["carrier", "tracking_number", "note"]),
        ("categories", ["name", "description"]),
        ("products", ["name", "short_description", "description"]),
        ("product_images", ["alt_text"]),
        ("product_reviews", ["title", "review_text", "pros", "cons", "rejection_reason"]),
        ("review_responses", ["response_text"]),
        ("review_images", ["caption"]),
        ("vendors", ["name", "description", "registration_number", "tax_id", "status_reason"]),
        ("vendor_profiles", ["website", "address_line1", "address_line2", "city"]),
        ("vendor_documents", ["file_name", "rejection_reason"]),
        ("vendor_reviews", ["review_text", "response"]),
        ("vendor_ledger_entries", ["reason"]),
        ("vendor_payouts", ["vendor_name", "transaction_reference", "failure_reason"]),
        ("returns", ["note", "staff_note"]),
        ("return_items", ["reason"]),
        ("payments", ["failure_reason"]),
        ("refunds", ["reason", "decision_note", "failure_reason"]),
        ("disputes", ["reason"]),
        ("webhook_events", ["event_type", "error"]),
        ("coupons", ["description"]),
        ("tax_rates", ["name"]),
        ("shipping_methods", ["name"]),
        ("warehouses", ["name", "address_line1", "address_line2", "city"]),
        ("stock_movements", ["reference", "notes"]),
        ("email_logs", ["subject", "error_message"]),
        ("mailbox", ["subject", "text_content", "html_content"]),
        ("mail_suppressions", ["note"]),
        ("mail_bounces", ["reason"]),
        ("payment_operations", ["error"]),
        ("jobs", ["last_error"]),
        ("shop_webhooks", ["description", "disabled_reason"]),
        ("webhook_deliveries", ["error"]),
        ("imports", ["file_name", "failure"]),
        ("import_rows", ["row_key"]),
        ("audit_entries", ["path", "request_id"]),
    ]
}
