import KontorApp
import Primitives
import TestSupport
import Testing

extension CommerceFixture {
    /// Returns what stands for a placeholder of vendors' money; nil for another one.
    func market(_ name: String) async throws -> [String: String]? {
        switch name {
        case "commission_rule":
            let made = try await cast.admin.send("POST", "/api/admin/commission-rules/", json: ["rate": "0.1"])
            return [name: Self.text(made["id"])]
        case "due_vendor": return [name: try await dueVendor()]
        case "payout": return [name: try await payout(of: try await dueVendor())]
        case "own_payout":
            let own = Self.text(.number(String(vendorID)))
            try await credit(own)
            return [name: try await payout(of: own)]
        default: return nil
        }
    }

    /// Returns a vendor of its own to whom 5.00 are due.
    private func dueVendor() async throws -> String {
        let made = try await cast.admin.send("POST", "/api/admin/vendors/", json: ["name": "Due"])
        let id = Self.text(made["id"])
        try await credit(id)
        return id
    }

    private func credit(_ vendor: String) async throws {
        let made = try await cast.admin.send(
            "POST", "/api/admin/vendors/\(vendor)/adjustments/", json: ["amount": "5.00", "reason": "x"])
        try #require(made.status == 201, "\(made.text)")
    }

    /// Pays a vendor out, for a period of its own.
    private func payout(of vendor: String) async throws -> String {
        let start = "20\(10 + next() % 80)-01-01"
        let made = try await cast.admin.send(
            "POST", "/api/admin/vendors/payouts/process/",
            json: [
                "period_start": .string(start), "period_end": "2099-12-31", "vendors": .array([.number(vendor)]),
            ])
        try #require(made.status == 201, "\(made.text)")
        return Self.text(made["payouts"]?[0]?["id"])
    }
}
