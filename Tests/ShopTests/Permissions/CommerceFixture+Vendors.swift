import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

extension CommerceFixture {
    /// Returns what stands for a placeholder of vendors.
    func vendors(_ name: String) async throws -> [String: String] {
        switch name {
        case "vendor": return [name: String(vendorID)]
        case "document": return [name: try await document()]
        case "vended": return [name: try await order(upTo: "processing")["order"] ?? ""]
        case "received": return [name: try await received()]
        case "vendor_review": return [name: try await review()]
        case "applicant": return [name: try await made("pending")]
        case "selling": return [name: try await made("approved")]
        case "suspended": return [name: try await made("suspended")]
        default: throw Unknown(name: name)
        }
    }

    private func made(_ status: String) async throws -> String {
        Self.text(
            try await sent("POST", "/api/admin/vendors/", #"{"name": "M{n}", "status": "\#(status)"}"#, by: cast.admin)[
                "id"])
    }

    private func document() async throws -> String {
        // A vendor has few papers: those that were handed in before make room.
        _ = try await cast.stand.shop.installation.database.write { try $0.execute("DELETE FROM vendor_documents") }
        let answer = try await PermissionRow(
            "POST /api/vendors/documents/", "",
            .form(part: "document", VendorsTable.pdf, fields: ["document_type": "address_proof"])
        ).send(by: cast[.vendor], [:])
        try #require(answer.status == 201, "\(answer.text)")
        return Self.text(answer["id"])
    }

    /// Returns an order of the owner that has come.
    private func received() async throws -> String {
        let id = try await order(upTo: "processing")["order"] ?? ""
        for status in ["shipped", "delivered"] {
            _ = try await sent(
                "PUT", "/api/admin/orders/\(id)/status/", #"{"status": "\#(status)"}"#, by: cast.admin)
        }
        return id
    }

    private func review() async throws -> String {
        let order = try await received()
        return String(
            try await cast.stand.shop.installation.database.write { tx in
                try tx.insert(
                    """
                    INSERT INTO vendor_reviews (vendor_id, order_id, rating, review_text, response, created_at)
                    VALUES (\(vendorID), \(Int(order) ?? 0), 3, 'x', '', 0)
                    """)
            })
    }
}
