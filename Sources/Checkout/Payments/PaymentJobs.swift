import Commerce
import Jobs
import Logging
import Payments
import Primitives
import SQL

/// The payload of the job that works on a webhook.
struct HandleWebhook: ExternalJobPayload {
    static let kind = "payments.webhook"
    static let priority = JobPriority.high
    static let retry = RetryPolicy(maxAttempts: 12, firstPause: .seconds(2), maxPause: .minutes(30))

    let eventID: WebhookEventID
}

/// The payload of the job that asks the gateways about an order's open payments before the order expires.
struct ExpireAsked: ExternalJobPayload {
    static let kind = "payments.expire_order"
    static let retry = RetryPolicy(maxAttempts: 12, firstPause: .seconds(10), maxPause: .minutes(5))
    /// The attempts after which an order expires although a gateway does not answer: its goods are others' by now, and money that
    /// comes late puts it on hold.
    static let patience = 6

    let orderID: OrderID
}

/// The payload of the job that takes over a method that a gateway has saved with a payment.
struct SaveMethod: ExternalJobPayload {
    static let kind = "payments.save_method"

    let userID: UserID
    let gateway: GatewayCode
    let method: String

    var person: JobPerson? { .user(userID.rawValue) }
}

/// The payload of the job that finds payments to be asked about.
struct FindDuePayments: JobPayload {
    static let kind = "payments.find_due"
}

/// The payload of the job that asks a gateway about one payment.
struct ReconcilePayment: ExternalJobPayload {
    static let kind = "payments.reconcile"
    static let retry = RetryPolicy(maxAttempts: 3)

    let paymentID: PaymentID
}

/// The payload of the job that holds what gateways list of a day, of payments, refunds and disputes, against the shop's own.
struct ReconcileDay: ExternalJobPayload {
    static let kind = "payments.reconcile_day"
    static let priority = JobPriority.low
    static let retry = RetryPolicy(maxAttempts: 6, firstPause: .minutes(5))
    /// Lists of large shops have many pages, and PayPal is asked about each dispute.
    static let timeLimit = TimeSpan.minutes(30)

    /// The moment at which it was due; the day before it is listed.
    let at: Timestamp
}

extension PaymentFlow {
    /// The schedules of reconciliation: each minute for what is open, each night for the list of the day.
    static let cron = [
        CronEntry("payments.find_due", .every(.seconds(60)), FindDuePayments()),
        CronEntry("payments.reconcile_day", .every(.hours(24))) { ReconcileDay(at: $0) },
    ]

    /// The handlers of the jobs of payments.
    var jobHandlers: [JobHandler] {
        [
            .external(HandleWebhook.self, handleWebhook),
            .external(ExpireAsked.self, expireAsked),
            .external(ClosePayments.self) { job, _ in
                try await close(paymentsOf: job.orderID)
                return JobHandler.nothingToWrite
            },
            .external(SaveMethod.self) { job, _ in
                try await takeOver(job.method, of: job.userID, at: job.gateway)
                return JobHandler.nothingToWrite
            },
            .transactional(FindDuePayments.self) { _, tx in try enqueueDue(tx) },
            .external(ReconcilePayment.self) { job, _ in
                try await reconcile(job.paymentID)
                return JobHandler.nothingToWrite
            },
            .external(ReconcileDay.self) { job, _ in
                try await reconcileDay(before: job.at)
                return JobHandler.nothingToWrite
            },
        ]
    }

    private func handleWebhook(_ job: HandleWebhook, _ context: JobContext) async throws -> JobHandler.Completion {
        guard let event = try await database.read({ try payments.event(job.eventID, in: $0) }) else {
            return JobHandler.nothingToWrite
        }
        do {
            let outcome = try await handle(event)
            return { tx in try payments.end(job.eventID, outcome, in: tx) }
        } catch {
            let isLast = context.attempt >= HandleWebhook.retry.maxAttempts
            let reason = (error as? GatewayError)?.reason ?? String(describing: error)
            let outcome = WebhookEvent.Outcome(nil, status: isLast ? .failed : .pending, error: reason)
            try await database.write { try payments.end(job.eventID, outcome, in: $0) }
            throw error
        }
    }

    private func expireAsked(_ job: ExpireAsked, _ context: JobContext) async throws -> JobHandler.Completion {
        do {
            try await askBeforeExpiry(of: job.orderID)
        } catch let error as GatewayError {
            guard context.attempt >= ExpireAsked.patience else { throw error }
        }
        return { tx in try checkout.expireUnasked(job.orderID, in: tx) }
    }

    private func enqueueDue(_ tx: Transaction) throws {
        for id in try payments.due(limit: 500, in: tx) {
            try checkout.jobs.enqueue(
                ReconcilePayment(paymentID: id), uniqueKey: UniqueKey("payments.reconcile-\(id)"), in: tx)
        }
    }

    /// Takes over what gateways list of the two days before `moment`: some write down some payments late.
    private func reconcileDay(before moment: Timestamp) async throws {
        var failure: GatewayError?
        for code in GatewayCode.allCases where code.isOnline {
            guard try await database.read({ try directory.gateway(code, in: $0) }) != nil else { continue }
            failure =
                try await look(at: "day", of: code) {
                    try await reconcile(code, from: moment - .days(2), until: moment)
                } ?? failure
        }
        if let failure { throw failure }
    }
}
