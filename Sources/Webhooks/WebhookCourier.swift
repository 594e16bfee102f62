import Commerce
import Jobs
import Logging
import Messages
import Outbound
import Primitives
import SQL

/// Calls receivers. What became of an attempt is written in the transaction that ends the job: a process that dies before
/// sends again, under the same id.
struct WebhookCourier: Sendable {
    /// The calls of one receiver that are under way at once.
    static let callsAtOnce = 4
    /// What is read of an answer before it is thrown away.
    private static let answerBytes = 16 << 10

    let database: any Database
    let service: WebhookService
    let client: HTTPClient
    /// The time limit for a whole call.
    var timeout = TimeSpan.seconds(15)

    /// The handler of the job that calls a receiver.
    var handler: JobHandler { .external(CallWebhook.self) { try await call($0.webhook, logger: $1.logger) } }

    private var time: TimeSource { service.time }

    private func call(_ id: WebhookID, logger: Logger) async throws -> JobHandler.Completion {
        let now = time.now
        let found = try await database.read { connection -> (Webhook, [DeliveryQueries.Parcel])? in
            guard let webhook = try WebhookQueries.find(id, connection), webhook.isActive else { return nil }
            return (webhook, try DeliveryQueries.due(for: id, at: now, limit: Self.callsAtOnce, connection))
        }
        guard let (webhook, parcels) = found else { return JobHandler.nothingToWrite }
        let attempts = try await withThrowingTaskGroup(of: WebhookAttempt.self) { group in
            for parcel in parcels { group.addTask { try await attempt(parcel, to: webhook) } }
            return try await group.reduce(into: [WebhookAttempt]()) { $0.append($1) }
        }
        for attempt in attempts { attempt.log(to: logger) }
        return { tx in try record(attempts.sorted { $0.delivery.id < $1.delivery.id }, of: webhook, tx) }
    }

    /// Makes one attempt.
    ///
    /// - Throws: `CancellationError`; what else goes wrong is the attempt's outcome.
    private func attempt(_ parcel: DeliveryQueries.Parcel, to webhook: Webhook) async throws -> WebhookAttempt {
        guard !parcel.body.isEmpty else { return WebhookAttempt(parcel.delivery, .cleared, milliseconds: 0) }
        let start = ContinuousClock.now
        let outcome = try await outcome(parcel, webhook)
        let span = start.duration(to: .now).components
        let milliseconds = Int(span.seconds) * 1_000 + Int(span.attoseconds / 1_000_000_000_000_000)
        return WebhookAttempt(parcel.delivery, outcome, milliseconds: milliseconds)
    }

    private func outcome(_ parcel: DeliveryQueries.Parcel, _ webhook: Webhook) async throws -> WebhookAttempt.Outcome {
        do {
            return .answered(try await client.send(try request(parcel, webhook)).status)
        } catch let error as OutboundError {
            return .failed(error.word)
        } catch is SealedTextError {
            return .failed("the secret does not open under this SECRET_KEY")
        }
    }

    private func request(_ parcel: DeliveryQueries.Parcel, _ webhook: Webhook) throws -> OutboundRequest {
        let (body, second) = (Array(parcel.body.utf8), time.now.seconds)
        let signatures = try secrets(of: webhook).map { $0.signature(of: body, id: parcel.eventID, at: second) }
        var request = OutboundRequest(
            "POST", webhook.url,
            headers: [
                OutboundHeader("Content-Type", "application/json"), OutboundHeader("webhook-id", parcel.eventID),
                OutboundHeader("webhook-timestamp", String(second)),
                OutboundHeader("webhook-signature", signatures.joined(separator: " ")),
            ], body: body, timeout: timeout, maxResponseBytes: Self.answerBytes, refusesPrivateAddresses: true)
        request.allowedNetworks = service.settings.allowed
        request.dropsBody = true
        return request
    }

    /// Returns what signs now: the secret, and for a day after a rotation the former one.
    private func secrets(of webhook: Webhook) throws(SealedTextError) -> [WebhookSecret] {
        let secret = try WebhookSecret(sealed: webhook.sealedSecret, in: service.box)
        guard let until = webhook.formerUntil, time.now < until, !webhook.formerSecret.isEmpty else { return [secret] }
        // One that was sealed under another key of the shop is lost, and the new one signs alone.
        return [secret] + [try? WebhookSecret(sealed: webhook.formerSecret, in: service.box)].compactMap { $0 }
    }

    // MARK: After the call

    /// Writes what became of the attempts at a receiver as it was when it was called. Whether it fails is said of it only
    /// if nobody has changed it since: what its former address answers says nothing of the new one.
    private func record(_ attempts: [WebhookAttempt], of called: Webhook, _ tx: Transaction) throws {
        let now = time.now
        for attempt in attempts { try DeliveryQueries.record(attempt.recorded(at: now), tx) }
        guard let webhook = try WebhookQueries.find(called.id, tx), webhook.isActive else { return }
        if webhook.version == called.version, let reason = try judge(webhook, by: attempts, at: now, tx),
            try disable(webhook, reason: reason, tx)
        {
            return
        }
        try goOn(webhook.id, at: now, tx)
    }

    /// Notes whether a receiver fails, and returns why it is to be switched off; nil leaves it on.
    private func judge(
        _ webhook: Webhook, by attempts: [WebhookAttempt], at now: Timestamp, _ tx: Transaction
    ) throws -> String? {
        if attempts.contains(where: \.isGone) { return "The receiver has answered 410 Gone." }
        if attempts.contains(where: \.isDelivered) {
            if webhook.failingSince != nil { try WebhookQueries.noteSuccess(webhook, tx) }
        } else if attempts.contains(where: \.isFailure) {
            try WebhookQueries.noteFailure(webhook, at: now, tx)
            if let since = webhook.failingSince, since + RetrySchedule.patience <= now {
                return "Nothing has been delivered for 5 days."
            }
        }
        return nil
    }

    /// Enqueues what comes next: more that is due, or the next attempt at its time.
    private func goOn(_ id: WebhookID, at now: Timestamp, _ tx: Transaction) throws {
        guard let next = try DeliveryQueries.next(for: id, tx) else { return }
        if next <= now { return try service.send(to: [id], tx) }
        let key = UniqueKey("\(id)-\(next.microseconds)", until: .started)
        try service.jobs.enqueue(WakeWebhook(webhook: id), runAt: next, uniqueKey: key, in: tx)
    }

    /// Switches a receiver off and tells staff; returns false where somebody has changed it at this moment.
    private func disable(_ webhook: Webhook, reason: String, _ tx: Transaction) throws -> Bool {
        guard try WebhookQueries.disable(webhook, reason: reason, at: time.now, tx) else { return false }
        service.listeners.change(in: tx)
        let context: JSONValue = .object([
            "url": .string(webhook.url), "reason": .string(reason),
            "failing_since": webhook.failingSince.map { .string($0.mailText) } ?? .null,
        ])
        for address in service.settings.staff {
            let mail = MailJob(template: WebhookTemplates.disabled, to: address, userID: nil, context: context)
            try service.jobs.enqueue(mail, in: tx)
        }
        return true
    }
}

/// One attempt and what it came to.
struct WebhookAttempt: Sendable {
    enum Outcome: Sendable {
        /// The receiver has answered with this status.
        case answered(Int)
        /// No answer came; why, in a few words.
        case failed(String)
        /// There is nothing to send any more.
        case cleared
    }

    let delivery: WebhookDelivery
    private let outcome: Outcome
    private let milliseconds: Int

    init(_ delivery: WebhookDelivery, _ outcome: Outcome, milliseconds: Int) {
        self.delivery = delivery
        self.outcome = outcome
        self.milliseconds = milliseconds
    }

    var isDelivered: Bool { if case .answered(let status) = outcome { (200..<300).contains(status) } else { false } }
    var isGone: Bool { if case .answered(410) = outcome { true } else { false } }
    var isFailure: Bool { if case .cleared = outcome { false } else { !isDelivered } }

    /// Returns the delivery as it is after the attempt.
    func recorded(at now: Timestamp) -> WebhookDelivery {
        var changed = delivery
        changed.nextAttemptAt = nil
        switch outcome {
        case .cleared:
            changed.status = .dead
            changed.error = "what the event held has been cleared away"
            return changed
        case .answered(let status):
            changed.responseStatus = status
            changed.error = ""
        case .failed(let reason):
            changed.responseStatus = nil
            changed.error = reason
        }
        changed.attempts += 1
        changed.tries += 1
        changed.attemptedAt = now
        changed.responseTime = milliseconds
        let next = now + RetrySchedule.pause(afterFailure: changed.tries)
        changed.status = isDelivered ? .delivered : next > changed.giveUpAt ? .dead : .failed
        if changed.status == .failed { changed.nextAttemptAt = next }
        return changed
    }

    /// Writes a line with the timing.
    func log(to logger: Logger) {
        var metadata: Logger.Metadata = [
            "webhook": .stringConvertible(delivery.webhook.rawValue),
            "delivery": .stringConvertible(delivery.id.rawValue), "topic": "\(delivery.topic.rawValue)",
            "ms": .stringConvertible(milliseconds),
        ]
        switch outcome {
        case .answered(let status): metadata["status"] = .stringConvertible(status)
        case .failed(let reason): metadata["error"] = "\(reason)"
        case .cleared: metadata["error"] = "cleared"
        }
        logger.info("webhook called", metadata: metadata)
    }
}

extension OutboundError {
    /// The cause in a few words, without anything that the receiver said.
    fileprivate var word: String {
        switch kind {
        case .invalid: "the URL cannot be called"
        case .resolve: "the host's name has no address"
        case .connect: "the host cannot be reached"
        case .tls: "no secure connection"
        case .timeout: "no answer in time"
        case .tooLarge: "the answer's headers are too long"
        case .protocolViolation: "the answer is no HTTP"
        case .disconnected: "the connection ended without an answer"
        case .refusedAddress: "the address is not public"
        case .smtp, .unavailable: "the call could not be made"
        }
    }
}
