import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints by which staff read payments and all that belongs to them.
struct PaymentListRoutes: Sendable {
    static let permission = "payments.view"
    static let access = Access.staff(permission)

    let database: any Database
    let currency: Currency
    let lists = PaymentLists()

    var group: EndpointGroup {
        EndpointGroup(
            "Payments",
            [
                Endpoint(
                    .get, "/api/admin/payments/", "Lists all payments.", access: Self.access, use: listPayments
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/payments/totals/", "Sums up what a user has paid, and what was refunded of it.",
                    access: Self.access, use: showTotals),
                Endpoint(
                    .get, "/api/admin/payments/{id}/",
                    "Shows a payment with what its gateway was asked and answered last.", access: Self.access,
                    use: showPayment
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/refunds/", "Lists all refunds, those to decide by their status.",
                    access: Self.access, use: listRefunds
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/refunds/{id}/", "Shows a refund.", access: Self.access, use: showRefund
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/disputes/", "Lists what payers' banks ask back.", access: Self.access,
                    use: listDisputes
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/webhook-events/", "Lists what gateways have told by webhooks.",
                    access: Self.access, use: listEvents
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/webhook-events/{id}/", "Shows what has become of a webhook.",
                    access: Self.access, use: showEvent
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/ledger/", "Lists the entries of the double-entry ledger, the newest first.",
                    access: Self.access, use: listLedger
                ).refusing(.notFound),
            ])
    }

    private func listPayments(_ call: APIRequest, _ input: PaymentListInput) async throws -> Page<StaffPaymentBody> {
        let found = try await database.read { try lists.payments(input.filter, input.page, $0) }
        return try Page(found.rows, input.page, of: call) {
            StaffPaymentBody($0, found.refunds, currency: currency)
        }
    }

    private func showTotals(_ call: APIRequest, _ input: PaymentTotalsInput) async throws -> PaymentTotalsBody {
        let found = try await database.read { try PaymentListQueries.totals(of: input.user, in: currency, $0) }
        return try PaymentTotalsBody(captured: found.captured, refunded: found.refunded, currency: currency)
    }

    private func showPayment(_ call: APIRequest, _: NoInput) async throws -> StaffPaymentBody {
        let id = try call.id("id", as: PaymentID.self)
        return try await database.read { connection in
            guard let payment = try PaymentQueries.find(id, connection) else { throw NotFound() }
            return StaffPaymentBody(
                payment, try RefundQueries.refunds(of: [id], connection), try OperationQueries.all(of: id, connection),
                currency: currency)
        }
    }

    private func listRefunds(_ call: APIRequest, _ input: RefundListInput) async throws -> Page<RefundBody> {
        let found = try await database.read { try lists.refunds(input.filter, by: input.ordering, input.page, $0) }
        return try Page(found.rows, input.page, of: call) {
            RefundBody($0, orderNumber: found.numbers[$0.order] ?? "", currency: currency)
        }
    }

    private func showRefund(_ call: APIRequest, _: NoInput) async throws -> RefundBody {
        let id = try call.id("id", as: RefundID.self)
        return try await database.read { connection in
            guard let refund = try RefundQueries.find(id, connection) else { throw NotFound() }
            let numbers = try PaymentListQueries.orderNumbers(of: [refund.order], connection)
            return RefundBody(refund, orderNumber: numbers[refund.order] ?? "", currency: currency)
        }
    }

    private func listDisputes(_ call: APIRequest, _ input: DisputeListInput) async throws -> Page<DisputeBody> {
        let found = try await database.read { try lists.disputes(input.filter, input.page, $0) }
        return try Page(found.rows, input.page, of: call) {
            DisputeBody($0, orderNumber: found.numbers[$0.order] ?? "", currency: currency)
        }
    }

    private func listEvents(_ call: APIRequest, _ input: EventListInput) async throws -> Page<WebhookEventBody> {
        let found = try await database.read { try lists.events(input.filter, by: input.ordering, input.page, $0) }
        return try Page(found, input.page, of: call, WebhookEventBody.init)
    }

    private func showEvent(_ call: APIRequest, _: NoInput) async throws -> WebhookEventBody {
        let id = try call.id("id", as: WebhookEventID.self)
        guard let event = try await database.read({ try WebhookQueries.find(id, $0) }) else { throw NotFound() }
        return WebhookEventBody(event)
    }

    private func listLedger(_ call: APIRequest, _ input: LedgerListInput) async throws -> Page<LedgerEntryBody> {
        let found = try await database.read { try lists.ledger(input.filter, input.page, $0) }
        return try Page(found.rows, input.page, of: call) { entry in
            LedgerEntryBody(entry, orderNumber: entry.order.flatMap { found.numbers[$0] }, currency: currency)
        }
    }
}

/// The query parameters of a list of payments.
struct PaymentListInput: Input {
    let filter: PaymentListQueries.PaymentFilter
    let page: PageRequest

    init(_ fields: Fields) {
        filter = PaymentListQueries.PaymentFilter(
            status: fields.optionalChoice("status", of: PaymentState.self),
            gateway: fields.optionalChoice("gateway", of: GatewayCode.self), order: fields.optionalID("order"),
            user: fields.optionalID("user"), from: fields.optionalTimestamp("from"),
            until: fields.optionalTimestamp("until", .end), isSurplus: fields.optionalBoolean("is_surplus"),
            search: fields.search().map(PaymentListQueries.search), sorting: fields.age())
        page = fields.page()
    }
}

/// The query parameters of a list of refunds.
struct RefundListInput: Input {
    let filter: RefundListQueries.Filter
    let ordering: Ordering<RefundListQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = RefundListQueries.Filter(
            status: fields.optionalChoice("status", of: RefundStatus.self), payment: fields.optionalID("payment"),
            order: fields.optionalID("order"), search: fields.search().map(RefundListQueries.search))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// The query parameters of a list of disputes.
struct DisputeListInput: Input {
    let filter: PaymentListQueries.DisputeFilter
    let page: PageRequest

    init(_ fields: Fields) {
        filter = PaymentListQueries.DisputeFilter(
            status: fields.optionalChoice("status", of: GatewayDispute.Status.self),
            payment: fields.optionalID("payment"), order: fields.optionalID("order"), sorting: fields.age())
        page = fields.page()
    }
}

/// The query parameters of a list of webhook events.
struct EventListInput: Input {
    let filter: EventListQueries.Filter
    let ordering: Ordering<EventListQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = EventListQueries.Filter(
            gateway: fields.optionalChoice("gateway", of: GatewayCode.self),
            status: fields.optionalChoice("status", of: WebhookEvent.Status.self),
            search: fields.search().map(EventListQueries.search))
        ordering = fields.ordering(Ordering(.receivedAt, descending: true))
        page = fields.page()
    }
}

/// The query parameters of a list of ledger entries.
struct LedgerListInput: Input {
    let filter: LedgerQueries.Filter
    let page: PageRequest

    init(_ fields: Fields) {
        filter = LedgerQueries.Filter(
            account: fields.optionalString("account", length: 1...40), order: fields.optionalID("order"),
            payment: fields.optionalID("payment"), from: fields.optionalTimestamp("from"),
            until: fields.optionalTimestamp("until", .end), sorting: fields.age())
        page = fields.page()
    }
}
