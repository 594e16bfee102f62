import Primitives
import SQL
import TestSupport
import Testing

extension CommerceFixture {
    /// Returns what stands for a placeholder of webhooks: a receiver, or a delivery to one of its own.
    func webhook(_ name: String) async throws -> [String: String] {
        let made = try await cast.admin.send(
            "POST", "/api/admin/webhooks/",
            json: ["url": "https://receiver.example.com/", "topics": .array(["stock.low"])])
        try #require(made.status == 201, "\(made.text)")
        let id = Self.text(made["id"])
        guard name == "delivery" else { return [name: id] }
        let sent = try await cast.admin.send("POST", "/api/admin/webhooks/\(id)/test/")
        try #require(sent.status == 202, "\(sent.text)")
        return [name: Self.text(sent["id"])]
    }
}
