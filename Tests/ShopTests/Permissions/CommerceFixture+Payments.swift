import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

extension CommerceFixture {
    private var desk: PaymentDesk { PaymentDesk(payer: cast[.owner], admin: cast.admin) }
    private var foreignDesk: PaymentDesk { PaymentDesk(payer: cast[.stranger], admin: cast.admin) }

    /// Returns what stands for a placeholder of payments, each of an order of its own.
    func payment(_ name: String) async throws -> [String: String] {
        switch name {
        case "setup": [name: try await desk.setup()]
        case "handed": [name: try await desk.handedCard()]
        case "card": [name: try await desk.savedCard()]
        case "foreign_handed": [name: try await foreignDesk.handedCard()]
        case "foreign_card": [name: try await foreignDesk.savedCard()]
        case "event": [name: try await event(#"{"type":"x"}"#)]
        case "cleared_event": [name: try await event("")]
        default: try await payment(name, of: try await order(paidBy: "card"))
        }
    }

    private func payment(_ name: String, of placed: [String: String]) async throws -> [String: String] {
        let (order, line) = (placed["order"] ?? "", placed["order_item"] ?? "")
        switch name {
        case "card_order": return [name: order]
        case "cancelled_order":
            try await desk.sent("PUT", "/api/orders/\(order)/cancel/", by: cast[.owner])
            return [name: order]
        case "payment": return [name: Self.text(try await desk.begun(order: order)["id"])]
        case "reference": return [name: try await desk.begun(order: order)["gateway_transaction_id"]?.text ?? ""]
        case "void":
            let id = Self.text(try await desk.begun(order: order)["id"])
            try await desk.sent("POST", "/api/admin/payments/\(id)/cancel/", by: cast.admin)
            return [name: id]
        case "authorized", "authorized_order":
            return ["authorized": try await desk.paid(order: order), "authorized_order": order]
        default: break
        }
        let id = try await desk.completed(order: order)
        switch name {
        case "completed", "completed_order", "completed_line":
            return ["completed": id, "completed_order": order, "completed_line": line]
        case "refund", "partly_asked":
            return ["refund": try await requestedRefund(of: id), "partly_asked": id]
        case "approved_refund", "rejected_refund":
            let refund = try await requestedRefund(of: id)
            let verb = name == "approved_refund" ? "approve" : "reject"
            try await desk.sent("POST", "/api/admin/refunds/\(refund)/\(verb)/", ["reason": "x"], by: cast.admin)
            return [name: refund]
        default: throw Unknown(name: name)
        }
    }

    /// Returns a refund over 2.00 of 20.00 that staff have to decide.
    private func requestedRefund(of payment: String) async throws -> String {
        let asked = try await desk.sent(
            "POST", "/api/payments/\(payment)/refund/", ["amount": "2.00", "reason": "x"], by: cast[.owner])
        try #require(asked["status"]?.text == "requested", "\(asked.text)")
        return Self.text(asked["id"])
    }

    /// Returns a webhook about nothing that the shop follows.
    private func event(_ payload: String) async throws -> String {
        try await cast.stand.shop.installation.database.write { tx in
            let known = try tx.value("SELECT COUNT(*) FROM webhook_events", as: Int.self) ?? 0
            return String(
                try tx.insert(
                    """
                    INSERT INTO webhook_events (gateway, event_id, event_type, payload, status, received_at)
                    VALUES ('sandbox', \("evt_test_\(known)"), 'x', \(payload), 'ignored', 0)
                    """))
        }
    }
}
