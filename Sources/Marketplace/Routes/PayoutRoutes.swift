import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff pay vendors out and keep their accounts.
struct PayoutRoutes: Sendable {
    static let permission = "payouts.edit"
    static let access = Access.staff(permission)

    let database: any Database
    let payouts: PayoutService

    private var currency: Currency { payouts.currency }

    var group: EndpointGroup {
        EndpointGroup(
            "Payouts", "What vendors earn, and how it reaches them.",
            [
                Endpoint(
                    .post, "/api/admin/vendors/payouts/process/",
                    "Makes the payouts of a period: one for each vendor with something due that has none of it.",
                    access: Self.access, status: .created, use: process
                ).answering(.ok).leased(),
                Endpoint(
                    .get, "/api/admin/payouts/", "Lists payouts, the newest first unless asked otherwise.",
                    access: Self.access, use: list
                ).refusing(.notFound),
                Endpoint(.get, "/api/admin/payouts/{id}/", "Shows a payout.", access: Self.access, use: show)
                    .refusing(.notFound),
                Endpoint(
                    .put, "/api/admin/payouts/{id}/complete/", "Notes that a payout has reached its vendor.",
                    access: Self.access, use: complete
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .put, "/api/admin/payouts/{id}/fail/",
                    "Notes that a payout has failed: its amount is available again.", access: Self.access, use: fail
                ).refusing(.notFound, .conflict),
                Endpoint(
                    .get, "/api/admin/vendors/{id}/balance/", "Shows what a vendor is owed.", access: Self.access,
                    use: showBalance
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/vendors/{id}/ledger/",
                    "Lists the entries of a vendor's account, the newest first.",
                    access: Self.access, use: listEntries
                ).refusing(.notFound),
                Endpoint(
                    .post, "/api/admin/vendors/{id}/adjustments/",
                    "Gives a vendor an amount, or takes one below zero, and shows what they are owed then.",
                    access: Self.access, status: .created, use: adjust
                ).leased().refusing(.notFound),
            ])
    }

    private func process(_ call: APIRequest, _ input: PayoutRunInput) async throws -> Reply<PayoutRunBody> {
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        let made = try await payouts.run(
            input.period, among: input.vendors, by: call.caller().userID, database,
            confirm: { try call.confirmSession(in: $0) }, record: { try payouts.record($0, call, in: $1) })
        let body = PayoutRunBody(payouts: made.map { PayoutBody($0, currency: currency) })
        return Reply(body, status: made.isEmpty ? .ok : .created)
    }

    private func list(_ call: APIRequest, _ input: PayoutListInput) async throws -> Page<PayoutBody> {
        let found = try await database.read { connection in
            var filter = input.filter
            filter.search = try filter.search?.done(connection)
            return try PageRows(count: PayoutListQueries.count(filter, connection), input.page) {
                try PayoutListQueries.list(filter, by: input.ordering, input.page, connection)
            }
        }
        return try Page(found, input.page, of: call) { PayoutBody($0, currency: currency) }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> PayoutBody {
        let id = try call.id("id", as: PayoutID.self)
        guard let payout = try await database.read({ try PayoutQueries.find(id, $0) }) else { throw NotFound() }
        return PayoutBody(payout, currency: currency)
    }

    private func complete(_ call: APIRequest, _ input: CompletionInput) async throws -> PayoutBody {
        try await change(call, input.presence) { try payouts.complete($0, reference: input.reference, in: $1) }
    }

    private func fail(_ call: APIRequest, _ input: FailureInput) async throws -> PayoutBody {
        try await change(call, input.presence) { try payouts.fail($0, reason: input.reason, in: $1) }
    }

    /// Asks for a fresh factor, changes a payout in a transaction and writes down what it was before.
    private func change(
        _ call: APIRequest, _ presence: PresenceInput,
        _ change: @escaping @Sendable (Payout, Transaction) throws -> Payout
    ) async throws -> PayoutBody {
        try await call.confirmPresence(password: presence.password, code: presence.code)
        let id = try call.id("id", as: PayoutID.self)
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            guard let before = try PayoutQueries.lock(id, tx) else { throw NotFound() }
            let after = PayoutBody(try change(before, tx), currency: currency)
            try call.record(after, before: PayoutBody(before, currency: currency), at: payouts.time.now, in: tx)
            return after
        }
    }

    private func showBalance(_ call: APIRequest, _: NoInput) async throws -> BalanceBody {
        let (vendor, now) = (try call.id("id", as: VendorID.self), payouts.time.now)
        let balance = try await database.read { connection in
            guard try PayoutQueries.exists(vendor, connection) else { throw NotFound() }
            return try VendorAccountQueries.balance(of: vendor, at: now, connection)
        }
        return try BalanceBody(balance, of: vendor, currency: currency)
    }

    private func listEntries(_ call: APIRequest, _ input: VendorLedgerInput) async throws -> Page<VendorEntryBody> {
        let vendor = try call.id("id", as: VendorID.self)
        let found = try await database.read { connection in
            guard try PayoutQueries.exists(vendor, connection) else { throw NotFound() }
            return try PageRows(
                count: VendorAccountQueries.count(of: vendor, input.kind, connection), input.page
            ) {
                try VendorAccountQueries.list(of: vendor, input.kind, input.page, connection)
            }
        }
        return try Page(found, input.page, of: call) { VendorEntryBody($0, currency: currency) }
    }

    private func adjust(_ call: APIRequest, _ input: AdjustmentInput) async throws -> BalanceBody {
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        let vendor = try call.id("id", as: VendorID.self)
        let user = try call.caller().userID
        let key = call.repetitionKey.map { Digest.hex("\($0) \(vendor) \(input.amount.minorUnits) \(input.reason)") }
        let balance = try await database.write { tx in
            try call.confirmSession(in: tx)
            try payouts.adjust(
                vendor, by: input.amount, reason: input.reason, user: user, requestKey: key, in: tx)
            return try VendorAccountQueries.balance(of: vendor, at: payouts.time.now, tx)
        }
        return try BalanceBody(balance, of: vendor, currency: currency)
    }
}
