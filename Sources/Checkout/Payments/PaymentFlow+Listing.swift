import Commerce
import Logging
import Payments
import Primitives
import SQL

/// What a gateway lists of a span of time, taken over: its payments, and the refunds and disputes that were made of payments of any age.
extension PaymentFlow {
    /// Holds what a gateway lists of a span of time against what is known, and adds what is missing. A list that the gateway refuses
    /// is left out and logged, and what fails keeps nothing else from being looked at.
    ///
    /// - Returns: the gateway's payments that the shop has no row for.
    /// - Throws: `GatewayError.unavailable` for what is to be looked at again, `OutOfRange`, `SQLError`.
    @discardableResult
    func reconcile(_ code: GatewayCode, from: Timestamp, until: Timestamp) async throws -> [GatewayLookup] {
        let gateway = try await gateway(code)
        var unknown: [GatewayLookup] = []
        var failure = try await look(at: "payments", of: code) {
            unknown = try await takePayments(of: gateway, from, until)
        }
        for kind in GatewayChangeKind.allCases {
            failure =
                try await look(at: kind.rawValue, of: code) {
                    try await takeChanges(kind, of: gateway, from, until)
                } ?? failure
        }
        if let failure { throw failure }
        return unknown
    }

    /// Calls `body`, which looks at a part of what a gateway lists. What the gateway refuses is logged and left out.
    ///
    /// - Returns: the failure after which the part is to be looked at again; nil without one.
    /// - Throws: what `body` throws beside `GatewayError`.
    func look(at part: String, of code: GatewayCode, _ body: () async throws -> Void) async throws -> GatewayError? {
        do {
            try await body()
        } catch let error as GatewayError {
            if case .unavailable = error { return error }
            logger.notice(
                "a part of what a gateway lists is left out",
                metadata: ["gateway": "\(code.rawValue)", "part": "\(part)", "error": "\(error.reason)"])
        }
        return nil
    }

    /// Calls `body` with each page of the refunds or disputes that were made in a span of time. That of disputes begins no later than
    /// the oldest payment of which one is open here, so that it is told how they have ended.
    ///
    /// - Throws: `GatewayError`, `SQLError`, what `body` throws.
    func walk(
        _ kind: GatewayChangeKind, of gateway: any PaymentGateway, _ from: Timestamp, _ until: Timestamp,
        _ body: ([GatewayNotice]) async throws -> Void
    ) async throws {
        let code = gateway.code
        let oldest =
            kind == .disputes ? try await database.read { try payments.oldestDisputed(at: code, in: $0) } : nil
        var cursor: String?
        repeat {
            let page = try await gateway.changes(kind, from: min(from, oldest ?? from), until: until, after: cursor)
            try await body(page.notices)
            cursor = page.next
        } while cursor != nil
    }

    private func takeChanges(
        _ kind: GatewayChangeKind, of gateway: any PaymentGateway, _ from: Timestamp, _ until: Timestamp
    ) async throws {
        let code = gateway.code
        var failure: GatewayError?
        try await walk(kind, of: gateway, from, until) { notices in
            let books = try await database.read { try payments.books(of: notices.map(\.names), at: code, in: $0) }
            for (notice, payment) in books.news(notices) {
                failure =
                    try await look(at: "\(kind.rawValue) of payment \(payment)", of: code) {
                        try await handle(notice, of: payment, gateway)
                    } ?? failure
            }
        }
        if let failure { throw failure }
    }

    private func takePayments(
        of gateway: any PaymentGateway, _ from: Timestamp, _ until: Timestamp
    ) async throws -> [GatewayLookup] {
        var unknown: [GatewayLookup] = []
        var cursor: String?
        repeat {
            let page = try await gateway.list(from: from, until: until, after: cursor)
            for report in page.payments where try await !take(report, from: gateway.code) {
                unknown.append(report.names)
            }
            cursor = page.next
        } while cursor != nil
        if !unknown.isEmpty {
            logger.warning(
                "the gateway has payments that the shop does not know",
                metadata: ["gateway": "\(gateway.code.rawValue)", "count": .stringConvertible(unknown.count)])
        }
        return unknown
    }

    /// Writes down what a list says of a payment; returns false where the shop has none of its names.
    private func take(_ report: GatewayPayment, from code: GatewayCode) async throws -> Bool {
        try await database.write { tx in
            guard let id = try payments.find(report.names, at: code, in: tx) else { return false }
            try settle(id, in: tx) { try record(report, of: $0, in: $1) }
            return true
        }
    }
}
