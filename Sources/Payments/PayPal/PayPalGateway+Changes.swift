import Commerce
import Primitives

extension PayPalGateway {
    /// How far back PayPal lists disputes: 180 days, of which the last is left for the time that a request takes.
    private static let reach = TimeSpan.days(179)

    /// Lists disputes, fifty at a time, the newest first
    /// (https://developer.paypal.com/docs/api/customer-disputes/v1/#disputes_list): half a year back at most, and only where the
    /// client was given the permission "Disputes". Refunds stand in ``list(from:until:after:)`` already, whenever their payments were
    /// made, so that there are no pages of them here. The cursor is the query of PayPal's link to the next page.
    ///
    /// The list has summaries, which tell neither the transaction nor the outcome: each dispute is asked for.
    ///
    /// - Throws: `GatewayError`, `CancellationError`; `.refused` without the permission.
    public func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage {
        guard kind == .disputes else { return GatewayChangePage([]) }
        let query = cursor ?? firstQuery(from: from)
        guard let page = try await client.get("/v1/customer/disputes?" + query, "list disputes") else {
            throw GatewayError.unavailable("it has no list of disputes", isUndone: true)
        }
        var notices: [GatewayNotice] = []
        for summary in page["items"].elements where isMade(summary, before: until) {
            if let notice = try await dispute(try summary.required("dispute_id")) { notices.append(notice) }
        }
        return GatewayChangePage(notices, next: page.link("next")?.halves(at: "?").1.map { String($0) })
    }

    private func firstQuery(from: Timestamp) -> String {
        let start = max(from, client.channel.time.now - Self.reach)
        return "start_time=" + PayPalText.path(Timestamp(seconds: start.seconds).description) + "&page_size=50"
    }

    /// Whether a dispute was made before the end of a span of time: PayPal takes the start only.
    private func isMade(_ summary: PayPalFields, before until: Timestamp) -> Bool {
        guard let moment = summary["create_time"].text.flatMap({ Timestamp($0) }) else { return true }
        return moment < until
    }

    /// Returns what a dispute tells (…/customer-disputes/v1/#disputes_get); nil where it is about nothing that the shop can have.
    private func dispute(_ id: String) async throws -> GatewayNotice? {
        let path = "/v1/customer/disputes/" + PayPalText.path(id)
        return try await client.get(path, "find dispute").flatMap { try PayPalDispute.notice($0) }
    }
}
