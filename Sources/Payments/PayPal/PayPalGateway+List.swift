import Commerce
import Primitives

extension PayPalGateway {
    private static let span = TimeSpan.days(31)
    private static let pageSize = 500

    /// Lists the payments and refunds that carry our ids, from PayPal's Transaction Search
    /// (developer.paypal.com/docs/api/transaction-search/v1): up to three hours late, three years back, and only where the client
    /// was given the permission "Transaction Search". A refund is a report without money of its own.
    ///
    /// - Throws: `GatewayError`; `.refused` without the permission.
    public func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage {
        let place = PayPalCursor(cursor)
        let start = from + TimeSpan(microseconds: Self.span.microseconds * place.window)
        let end = min(until, start + Self.span)
        guard start < end else { return GatewayPage([]) }
        let answer = try await transactions(from: start, until: end, page: place.page)
        let payments = try answer["transaction_details"].elements.compactMap {
            try PayPalTransaction.payment($0["transaction_info"])
        }
        let pages = answer["total_pages"].number ?? 1
        let isLast = end == until
        let next = place.page < pages ? place.nextPage : isLast ? nil : place.nextWindow
        return GatewayPage(payments, next: next?.text)
    }

    private func transactions(from: Timestamp, until: Timestamp, page: Int64) async throws -> PayPalFields {
        let query = [
            ("start_date", Timestamp(seconds: from.seconds).description),
            ("end_date", Timestamp(seconds: until.seconds).description), ("fields", "transaction_info"),
            ("page_size", "\(Self.pageSize)"), ("page", "\(page)"),
        ].map { $0 + "=" + PayPalText.path($1) }.joined(separator: "&")
        guard let answer = try await client.get("/v1/reporting/transactions?" + query, "search transactions") else {
            throw GatewayError.unavailable("it has no search of transactions", isUndone: true)
        }
        return answer
    }
}

/// The place in a list: a window of 31 days, the most that a search takes, and a page of it.
struct PayPalCursor: Equatable {
    var window: Int64 = 0
    var page: Int64 = 1

    init(_ text: String?) {
        guard let text, case let (window, page?) = text.halves(at: "."), let window = Int64(window),
            let page = Int64(page), (0...10_000).contains(window), (1...10_000).contains(page)
        else { return }
        self.window = window
        self.page = page
    }

    private init(window: Int64, page: Int64) {
        self.window = window
        self.page = page
    }

    var text: String { "\(window).\(page)" }
    var nextPage: PayPalCursor { PayPalCursor(window: window, page: page + 1) }
    var nextWindow: PayPalCursor { PayPalCursor(window: window + 1, page: 1) }
}
