import Commerce
import Primitives

extension StripeGateway {
    /// The age up to which payments are looked through in lists. Search finds what is older: it takes a minute to
    /// know of a payment, up to an hour when it lags, and so must not decide that there is none
    /// (https://docs.stripe.com/api/payment_intents/search).
    static let searchLag = TimeSpan.hours(2)

    /// Returns the payment as it is now, with its fee and all its refunds; nil where Stripe has none of these names.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func find(_ names: GatewayLookup, in currency: Currency) async throws -> GatewayPayment? {
        if let reference = names.reference { return try await find(reference, names.transactionID, currency) }
        if let charge = names.transaction, let reference = try await intent(ofCharge: charge) {
            return try await find(reference, names.transactionID, currency)
        }
        guard let id = try await intent(ofOurs: names.transactionID) else { return nil }
        return try await find(id, names.transactionID, currency)
    }

    /// Returns the id of the intent that carries our id. Where there is no search (in India, for restricted keys) the
    /// intents of the days are looked through in which payments are tried again.
    private func intent(ofOurs transactionID: String) async throws -> String? {
        let now = api.channel.time.now
        if let id = try await listedIntent(transactionID, since: now - Self.searchLag) { return id }
        do {
            return try await searchedIntent(transactionID)
        } catch GatewayError.refused {
            return try await listedIntent(transactionID, since: now - .days(8))
        }
    }

    /// Returns a payment by Stripe's id.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    func find(_ id: String, _ transactionID: String, _ currency: Currency) async throws -> GatewayPayment? {
        guard Self.isID(id) else { return nil }
        var form = StripeForm()
        form.expand(StripeReader.expansions)
        guard let intent = try await api.getIfAny("payment_intents/\(id)", form, as: "payment_intent", "find") else {
            return nil
        }
        var payment = try reader.payment(intent, currency, named: transactionID.isEmpty ? nil : transactionID)
        // A charge shows its ten newest refunds.
        if let charge = intent.object("latest_charge"), charge.object("refunds")?.flag("has_more") == true {
            payment.refunds = try reader.refunds(try await refunds(of: id), of: charge, currency)
        }
        return payment
    }

    private func refunds(of intent: String) async throws -> [StripeObject] {
        var refunds: [StripeObject] = []
        var last: String?
        repeat {
            let form = StripeForm(["payment_intent": intent, "limit": "100", "starting_after": last])
            let page = try await api.get("refunds", form, as: "list", "refunds")
            refunds += page.objects("data")
            last = try Self.cursor(after: page)
        } while last != nil
        return refunds
    }

    private func intent(ofCharge id: String) async throws -> String? {
        guard Self.isID(id) else { return nil }
        return try await api.getIfAny("charges/\(id)", as: "charge", "charge")?.reference("payment_intent")
    }

    private func listedIntent(_ transactionID: String, since start: Timestamp) async throws -> String? {
        var last: String?
        repeat {
            let form = StripeForm(["created[gte]": String(start.seconds), "limit": "100", "starting_after": last])
            let page = try await api.get("payment_intents", form, as: "list", "look through")
            let found = page.objects("data").first { $0.metadata(.transactionID) == transactionID }
            if let id = found?.text("id") { return id }
            last = try Self.cursor(after: page)
        } while last != nil
        return nil
    }

    private func searchedIntent(_ transactionID: String) async throws -> String? {
        guard Self.isID(transactionID) else { return nil }
        let form = StripeForm(["query": "metadata[\"\(StripeMetadata.transactionID.rawValue)\"]:\"\(transactionID)\""])
        let found = try await api.get("payment_intents/search", form, as: "search_result", "search")
        return found.objects("data").first { $0.metadata(.transactionID) == transactionID }?.text("id")
    }

    /// Lists our payments that were made in a span of time, a hundred PaymentIntents at a time, the newest first;
    /// what other programs made in the same account is left out. The cursor is the id of the last one.
    ///
    /// - Throws: `GatewayError`, `CancellationError`.
    public func list(from: Timestamp, until: Timestamp, after cursor: String?) async throws -> GatewayPage {
        var form = Self.span(from, until, after: cursor)
        form.expand(StripeReader.expansions.map { "data." + $0 })
        let page = try await api.get("payment_intents", form, as: "list", "list")
        let payments = try page.objects("data").compactMap { intent -> GatewayPayment? in
            guard intent.metadata(.transactionID) != nil,
                let currency = intent.text("currency").flatMap({ Currency(code: $0.uppercased()) })
            else { return nil }
            return try reader.payment(intent, currency)
        }
        return GatewayPage(payments, next: try Self.cursor(after: page))
    }

    /// Returns the parameters of a list of what was made in a span of time, a hundred at a time.
    static func span(_ from: Timestamp, _ until: Timestamp, after cursor: String?) -> StripeForm {
        StripeForm([
            "created[gte]": String(from.seconds),
            "created[lt]": String((until - Timestamp(seconds: 0)).secondsRoundedUp),
            "limit": "100", "starting_after": cursor,
        ])
    }

    /// Returns the id after which the next page begins; nil on the last page.
    static func cursor(after page: StripeObject) throws(GatewayError) -> String? {
        guard let hasMore = page.flag("has_more") else { throw StripeReader.incomplete }
        guard hasMore else { return nil }
        guard let last = page.objects("data").last?.text("id") else { throw StripeReader.incomplete }
        return last
    }
}
