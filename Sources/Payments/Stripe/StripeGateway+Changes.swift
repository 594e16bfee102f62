import Primitives

extension StripeGateway {
    /// Lists refunds (https://docs.stripe.com/api/refunds/list) or disputes (https://docs.stripe.com/api/disputes/list),
    /// a hundred at a time, the newest first. The cursor is the id of the last one. Those of charges without a
    /// PaymentIntent are other programs' and are left out.
    ///
    /// Refunds come with their charges, without which what a capture of a part gave back cannot be told from a refund of
    /// the dashboard.
    ///
    /// - Throws: `GatewayError`, `CancellationError`; `.refused` for a restricted key without the permission.
    public func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage {
        var form = Self.span(from, until, after: cursor)
        if kind == .refunds { form.expand(["data.charge"]) }
        let page = try await api.get(kind.rawValue, form, as: "list", "list \(kind.rawValue)")
        let notices = try page.objects("data").flatMap { try kind == .refunds ? refund($0) : dispute($0) }
        return GatewayChangePage(notices, next: try Self.cursor(after: page))
    }
}
