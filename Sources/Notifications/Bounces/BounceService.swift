import Commerce
import Primitives
import SQL

/// What becomes of mails that came back.
struct BounceService: Sendable {
    /// How long a mail that came back is remembered.
    static let memory = TimeSpan.days(30)

    /// How many soft ones within ``memory`` are as good as a hard one.
    let softLimit: Int
    let time: TimeSource

    /// Takes a report on a delivery; the same one again changes nothing.
    ///
    /// - Returns: how many addresses it was about.
    /// - Throws: `SQLError`.
    func take(_ report: DeliveryReport, in tx: Transaction) throws -> Int {
        let log = try report.messageID.flatMap { try EmailLogQueries.find(key: Self.key(in: $0), tx) }
        for bounce in report.bounces {
            var bounce = bounce
            if let log { bounce.email = log.email } else { bounce.email = try address(of: bounce, tx) }
            try take(bounce, of: log, in: tx)
        }
        return report.bounces.count
    }

    /// Takes what a provider says of an address; it is about the newest mail that has gone there, and changes nothing
    /// where that is known to have come back in the same way.
    ///
    /// - Throws: `SQLError`.
    func take(_ bounce: Bounce, in tx: Transaction) throws {
        try take(bounce, of: nil, in: tx)
    }

    private func take(_ bounce: Bounce, of known: EmailLog?, in tx: Transaction) throws {
        let now = time.now
        try KeyLockQueries.lock(["bounce " + Digest.hex(bounce.email)], at: now, tx)
        let log = try known ?? EmailLogQueries.newest(to: bounce.email, since: now - Self.memory, tx)
        if try BounceQueries.isKnown(bounce, log: log?.id, tx) { return }
        try BounceQueries.insert(bounce, log: log?.id, at: now, tx)
        if let log { try EmailLogQueries.markBounced(log.id, bounce.reason, tx) }
        if bounce.kind == .hard {
            try SuppressionQueries.add(bounce.email, .hardBounce, bounce.reason, at: now, tx)
        } else if try BounceQueries.softCount(bounce.email, since: now - Self.memory, tx) >= softLimit {
            try SuppressionQueries.add(bounce.email, .softBounces, bounce.reason, at: now, tx)
        }
    }

    /// Returns which of a bounce's addresses the shop has written to: what was forwarded is reported under another.
    private func address(of bounce: Bounce, _ tx: Transaction) throws -> String {
        guard let original = bounce.original, original != bounce.email else { return bounce.email }
        let start = time.now - Self.memory
        return try EmailLogQueries.newest(to: original, since: start, tx) == nil ? bounce.email : original
    }

    /// Returns the key of a mail's job, which stands in its `Message-ID` before the last `@`.
    private static func key(in messageID: String) -> String {
        messageID.cut(at: "@").dropLast().joined(separator: "@")
    }
}
