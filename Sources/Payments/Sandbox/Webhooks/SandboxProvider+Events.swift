import Jobs
import Primitives
import SQL

extension SandboxProvider {
    /// The longest that a webhook waits more, where they are sent in any order.
    static let shuffleSpan = TimeSpan.seconds(10)

    /// Writes down an event with the whole payment as it is, and enqueues its webhooks: as many, as late and as surely as the sandbox
    /// is told to send them.
    ///
    /// - Throws: `SQLError`, `EncodingError`.
    func tell(
        _ type: SandboxEventType, _ payment: SandboxPayment, _ more: [String: JSONValue], _ tx: Transaction
    ) throws {
        let (now, reference) = (time.now, name("evt_"))
        let data = more.merging(["payment": try object(of: payment, tx)]) { first, _ in first }
        let event = JSONValue.object([
            "id": .string(reference), "object": .string("event"), "type": .string(type.rawValue),
            "created": .whole(now.seconds), "data": .object(data),
        ])
        let payload = String(decoding: try JSONBytes.encode(event), as: UTF8.self)
        try SandboxEventQueries.insert(reference, type.rawValue, of: payment.id, payload, at: now, tx)
        try enqueue(reference, try SandboxEventQueries.behavior(tx), tx)
    }

    private func enqueue(_ event: String, _ behavior: SandboxBehavior, _ tx: Transaction) throws {
        guard random.number(below: 100) >= behavior.lossPercent else { return }
        for _ in 0...behavior.duplicates {
            let extra = behavior.shuffled ? random.number(below: Int(Self.shuffleSpan.microseconds)) : 0
            let wait = TimeSpan(microseconds: Int64(extra)).microseconds + Int64(behavior.delaySeconds) * 1_000_000
            let moment = wait == 0 ? nil : time.now + TimeSpan(microseconds: wait)
            try jobs.enqueue(SendSandboxWebhook(event: event), runAt: moment, in: tx)
        }
    }
}
