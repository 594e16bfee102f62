import AdminPages
import Primitives

/// What waits for someone: lists of the API that are narrowed to what has to be decided or mended.
struct DashboardTasks: Sendable {
    /// One of them.
    struct Item: Sendable {
        let title: Phrase
        let path: String
        let query: [String: String]
        /// Whether something has gone wrong, rather than being asked for.
        let isTrouble: Bool

        init(_ title: Phrase, _ path: String, _ query: [String: String], isTrouble: Bool = false) {
            self.title = title
            self.path = path
            self.query = query
            self.isTrouble = isTrouble
        }
    }

    private let items: [Item]

    /// Creates the tasks of a day.
    init(_ today: CivilDate) {
        let week = CivilDate(daysSinceEpoch: today.daysSinceEpoch - 6).description
        items =
            Self.decisions + Self.troubles + [
                Item(
                    Phrase(
                        "Payments that failed in the last 7 days", "Zahlungen, die in den letzten 7 Tagen scheiterten"),
                    "/api/admin/payments/", ["status": "failed", "from": week], isTrouble: true)
            ]
    }

    /// What is read of each: its number is enough.
    var readings: [Reading] {
        items.enumerated().map { place, item in
            Reading("task \(place)", item.path, item.query.merging(["page_size": "1"]) { $1 })
        }
    }

    /// Returns those of which there are some, as the template shows them.
    func views(_ found: [String: JSONValue], _ visit: Visit) -> [[String: Any]] {
        items.enumerated().compactMap { place, item -> [String: Any]? in
            guard let count = found["task \(place)"]?.count, count > 0 else { return nil }
            var view: [String: Any] = [
                "task": visit.text(item.title), "number": visit.format.number(String(count)),
                "tone": item.isTrouble ? "bad" : "warn",
            ]
            if let path = visit.listAddress(of: item.path, item.query) { view["taskPath"] = path }
            return view
        }
    }

    private static let decisions = [
        Item(
            Phrase("Returns to decide", "Rücksendungen zu entscheiden"), "/api/admin/returns/",
            ["status": "requested"]),
        Item(
            Phrase("Refunds to decide", "Erstattungen zu entscheiden"), "/api/admin/refunds/", ["status": "requested"]),
        Item(Phrase("Vendors to approve", "Händler freizugeben"), "/api/admin/vendors/", ["status": "pending"]),
        Item(
            Phrase("Products to approve", "Produkte freizugeben"), "/api/admin/products/",
            ["approval_status": "pending"]),
        Item(Phrase("Reviews to moderate", "Bewertungen zu prüfen"), "/api/admin/reviews/", ["status": "pending"]),
        Item(Phrase("Stock alerts", "Bestandswarnungen"), "/api/inventory/alerts/", ["is_resolved": "false"]),
    ]

    private static let troubles = [
        Item(
            Phrase("Orders on hold: canceled, then paid", "Angehaltene Bestellungen: storniert, dann bezahlt"),
            "/api/admin/orders/", ["status": "cancelled", "payment_status": "paid"], isTrouble: true),
        Item(
            Phrase("Disputes to answer", "Rückbuchungen zu beantworten"), "/api/admin/disputes/", ["status": "open"],
            isTrouble: true),
        Item(
            Phrase("Refunds that failed", "Gescheiterte Erstattungen"), "/api/admin/refunds/", ["status": "failed"],
            isTrouble: true),
        Item(
            Phrase("Payouts that failed", "Gescheiterte Auszahlungen"), "/api/admin/payouts/", ["status": "failed"],
            isTrouble: true),
        Item(
            Phrase("Jobs that gave up", "Gescheiterte Jobs"), "/api/admin/jobs/", ["state": "dead"], isTrouble: true),
    ]
}
