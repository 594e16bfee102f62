import Commerce
import Payments
import Primitives

extension PaymentGateway {
    /// Returns all pages of the refunds or disputes of a span of time.
    func pages(_ kind: GatewayChangeKind, from: Timestamp, until: Timestamp) async throws -> [[GatewayNotice]] {
        var pages: [[GatewayNotice]] = []
        var cursor: String?
        repeat {
            let page = try await changes(kind, from: from, until: until, after: cursor)
            pages.append(page.notices)
            cursor = page.next
        } while cursor != nil && pages.count < 20
        return pages
    }
}
