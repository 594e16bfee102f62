import Commerce
import Primitives
import Web

/// A payout run to make.
struct PayoutRunInput: Input {
    let period: PayoutPeriod
    /// Nil for all vendors that are not suspended; nobody is paid where none is named.
    let vendors: [VendorID]?
    let presence: PresenceInput

    init(_ fields: Fields) {
        let start = Self.day("period_start", fields)
        let end = Self.day("period_end", fields)
        if let start, let end, end < start { fields.fail("period_end", "This has to be no earlier than period_start.") }
        let epoch = CivilDate(daysSinceEpoch: 0)
        period = PayoutPeriod(start: start ?? epoch, end: end ?? epoch)
        let named = fields.ids("vendors", as: VendorID.self, limit: 10_000)
        vendors = fields.isPresent("vendors") ? Set(named).sorted() : nil
        presence = PresenceInput(fields)
    }

    private static func day(_ name: String, _ fields: Fields) -> CivilDate? {
        let day = fields.optionalDate(name)
        if day == nil, !fields.hasFailed(name) { fields.fail(name, "This field is required.") }
        return day
    }
}

/// The query parameters of a list of payouts.
struct PayoutListInput: Input {
    let filter: PayoutListQueries.Filter
    let ordering: Ordering<PayoutListQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = PayoutListQueries.Filter(
            vendor: fields.optionalID("vendor"), status: fields.optionalChoice("status", of: PayoutStatus.self),
            from: fields.optionalDate("from"), until: fields.optionalDate("until"),
            search: fields.search().map(PayoutListQueries.search))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// The query parameters of a vendor's own list of payouts.
struct OwnPayoutListInput: Input {
    let status: PayoutStatus?
    let page: PageRequest

    init(_ fields: Fields) {
        status = fields.optionalChoice("status", of: PayoutStatus.self)
        page = fields.page()
    }
}

/// The query parameters of an export of payouts: what a CSV holds, or the message to the bank of which the file is given.
struct PayoutExportInput: Input {
    enum Format: String, Sendable, CaseIterable {
        case csv
        case pain001 = "pain.001"
    }

    let format: Format
    let filter: PayoutListQueries.Filter
    /// The id of a message that was made by POST; empty for a CSV.
    let message: String

    init(_ fields: Fields) {
        format = fields.choice("format", .optional(.csv))
        message = fields.optionalString("message", length: 1...35) ?? ""
        if format == .pain001, message.isEmpty, !fields.hasFailed("message") {
            fields.fail("message", "Name a message to the bank; a POST to this address makes one.")
        }
        filter = PayoutListQueries.Filter(
            vendor: fields.optionalID("vendor"),
            status: fields.optionalChoice("status", of: PayoutStatus.self) ?? .pending,
            from: fields.optionalDate("from"), until: fields.optionalDate("until"))
    }
}

/// The payouts that a message to the bank is to have.
struct BankMessageInput: Input {
    let filter: PayoutListQueries.Filter
    let presence: PresenceInput

    init(_ fields: Fields) {
        filter = PayoutListQueries.Filter(
            vendor: fields.optionalID("vendor"), status: .pending, from: fields.optionalDate("from"),
            until: fields.optionalDate("until"))
        presence = PresenceInput(fields)
    }
}

/// The bank's word that a payout is paid.
struct CompletionInput: Input {
    let reference: String
    let presence: PresenceInput

    init(_ fields: Fields) {
        reference = fields.string("transaction_reference", length: 1...100)
        presence = PresenceInput(fields)
    }
}

/// The reason for which a payout has failed.
struct FailureInput: Input {
    let reason: String
    let presence: PresenceInput

    init(_ fields: Fields) {
        reason = fields.string("reason", length: 1...500)
        presence = PresenceInput(fields)
    }
}

/// An amount that staff give a vendor, or take below zero.
struct AdjustmentInput: Input {
    let amount: Money
    let reason: String
    let presence: PresenceInput

    init(_ fields: Fields) {
        amount = fields.money("amount", in: .minimum ... .maximum)
        if amount == .zero, !fields.hasFailed("amount") { fields.fail("amount", "An adjustment is not zero.") }
        reason = fields.string("reason", length: 1...500)
        presence = PresenceInput(fields)
    }
}

/// The query parameters of a vendor's ledger.
struct VendorLedgerInput: Input {
    let kind: VendorEntry.Kind?
    let page: PageRequest

    init(_ fields: Fields) {
        kind = fields.optionalChoice("entry_type", of: VendorEntry.Kind.self)
        page = fields.page()
    }
}
