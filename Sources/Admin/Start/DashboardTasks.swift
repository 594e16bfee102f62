import AdminPages
import Primitives

/// What waits for someone: lists of the API that are narrowed to what has to be decided or mended.
struct DashboardTasks: Sendable {
    /// One of them.
    struct Task: Sendable {
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

    private let tasks: [Task]

    /// Creates the tasks of a day.
    init(_ today: CivilDate) {
        let week = CivilDate(daysSinceEpoch: today.daysSinceEpoch - 6).description
        tasks =
            Self.decisions + Self.troubles + [
                Task(
                    Phrase("Payments that failed in the last 7 days", "Zahlungen, die in den letzten 7 Tagen scheiterten"),
                    "/api/admin/payments/", ["status": "failed", "from": week], isTrouble: true)
            ]
    }

    /// What is read of each: its number is enough.
    var readings: [Reading] {
        tasks.enumerated().map { place, task in
            Reading("task \(place)", task.path, task.query.merging(["page_size": "1"]) { $1 })
        }
    }

    /// Returns those of which there are some, as the template shows them.
    func views(_ found: [String: JSONValue], _ visit: Visit) -> [[String: Any]] {
        tasks.enumerated().compactMap { place, task in
            guard let count = found["task \(place)"]?.count, count > 0 else { return nil }
            var view: [String: Any] = [
                "task": visit.text(task.title), "number": visit.format.number(String(count)),
                "tone": task.isTrouble ? "bad" : "warn",
            ]
            if let address = visit.listAddress(of: task.path, task.query) { view["address"] = address }
            return view
        }
    }

    private static let decisions = [
        Task(Phrase("Returns to decide", "Rückgaben zu entscheiden"), "/api/admin/returns/", ["status": "requested"]),
        Task(Phrase("Refunds to decide", "Erstattungen zu entscheiden"), "/api/admin/refunds/", ["status": "requested"]),
        Task(Phrase("Vendors to approve", "Händler freizugeben"), "/api/admin/vendors/", ["status": "pending"]),
        Task(
            Phrase("Products to approve", "Artikel freizugeben"), "/api/admin/products/", ["approval_status": "pending"]),
        Task(Phrase("Reviews to moderate", "Bewertungen zu prüfen"), "/api/admin/reviews/", ["status": "pending"]),
        Task(Phrase("Stock alerts", "Bestandswarnungen"), "/api/inventory/alerts/", ["is_resolved": "false"]),
    ]

    private static let troubles = [
        Task(
            Phrase("Orders on hold: canceled, then paid", "Angehaltene Bestellungen: storniert, dann bezahlt"),
            "/api/admin/orders/", ["status": "cancelled", "payment_status": "paid"], isTrouble: true),
        Task(
            Phrase("Disputes to answer", "Rückbuchungen zu beantworten"), "/api/admin/disputes/", ["status": "open"],
            isTrouble: true),
        Task(
            Phrase("Refunds that failed", "Gescheiterte Erstattungen"), "/api/admin/refunds/", ["status": "failed"],
            isTrouble: true),
        Task(
            Phrase("Payouts that failed", "Gescheiterte Auszahlungen"), "/api/admin/payouts/", ["status": "failed"],
            isTrouble: true),
        Task(
            Phrase("Jobs that gave up", "Gescheiterte Jobs"), "/api/admin/jobs/", ["state": "dead"], isTrouble: true),
    ]
}
