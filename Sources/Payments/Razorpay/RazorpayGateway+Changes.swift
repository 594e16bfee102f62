import Primitives

extension RazorpayGateway {
    /// Lists refunds (https://razorpay.com/docs/api/refunds/fetch-all/) or disputes
    /// (https://razorpay.com/docs/api/disputes/fetch-all/), a hundred at a time.
    ///
    /// The page about disputes shows the span in its examples only, so that it is looked at here as well.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func changes(
        _ kind: GatewayChangeKind, from: Timestamp, until: Timestamp, after cursor: String?
    ) async throws -> GatewayChangePage {
        let (items, next) = try await page(kind.rawValue, from, until, after: cursor)
        let span = from.seconds...max(from.seconds, Self.end(until))
        let inside = items.filter { $0.number("created_at").map(span.contains) ?? true }
        let notices = try inside.compactMap { entity throws(GatewayError) in
            try kind == .refunds ? RazorpayNotices.listed(refund: entity) : RazorpayNotices.notice(dispute: entity)
        }
        return GatewayChangePage(notices, next: next)
    }
}
