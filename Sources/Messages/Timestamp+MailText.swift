import Primitives

extension Timestamp {
    /// Writes the moment for readers of mails, to the minute: `2026-11-30 12:05 UTC`.
    public var mailText: String {
        let (day, clock) = description.halves(at: "T")
        return "\(day) \((clock ?? "").prefix(5)) UTC"
    }
}
