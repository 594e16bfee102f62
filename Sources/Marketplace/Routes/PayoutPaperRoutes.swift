import Commerce
import Documents
import HTTPTypes
import Modules
import Primitives
import SQL
import Vendors
import Web

/// What goes between the shop, its bank and its vendors as files: statements, exports, and the bank's answers.
struct PayoutPaperRoutes: Sendable {
    /// The most payouts of one export.
    static let maxExport = 20_000

    let database: any Database
    let payouts: PayoutService
    let shop: ShopSettings
    /// Drawing keeps a processor busy for milliseconds.
    private let threads = WorkThreads(count: 1, limit: 64)

    init(database: any Database, payouts: PayoutService, shop: ShopSettings) {
        self.database = database
        self.payouts = payouts
        self.shop = shop
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Payouts",
            [
                Endpoint(
                    .get, "/api/admin/payouts/export/",
                    "Gives payouts as CSV, or the pain.001.001.09 of a message to the bank that was made.",
                    access: PayoutRoutes.access, use: export
                ).producing("text/csv", "application/xml").refusing(.notFound, .conflict).recordingReadings(),
                Endpoint(
                    .post, "/api/admin/payouts/export/",
                    "Makes a message to the bank of the pending payouts that no message has.",
                    access: PayoutRoutes.access, status: .created, use: makeMessage
                ).answering(.ok).leased(),
                Endpoint(
                    .post, "/api/admin/payouts/reconcile/",
                    "Reads a bank's pain.002 or camt.053 and has payouts follow it.", access: PayoutRoutes.access,
                    use: reconcile
                ).form(limit: shop.uploadBytes).refusing(.contentTooLarge),
                Endpoint(
                    .get, "/api/admin/payouts/{id}/statement/", "Gives the statement of a payout as PDF.",
                    access: PayoutRoutes.access, use: statement
                ).refusing(.notFound, .serviceUnavailable).producing("application/pdf"),
                Endpoint(
                    .get, "/api/vendors/payouts/{id}/statement/", "Gives the statement of the caller's payout as PDF.",
                    access: VendorMoneyRoutes.access, use: ownStatement
                ).refusing(.notFound, .serviceUnavailable).producing("application/pdf"),
            ])
    }

    private func export(_ call: APIRequest, _ input: PayoutExportInput) async throws -> Reply<RawBody> {
        switch input.format {
        case .csv: try await giveTable(call, input.filter)
        case .pain001: try await giveMessage(call, input.message)
        }
    }

    private func giveTable(_ call: APIRequest, _ filter: PayoutListQueries.Filter) async throws -> Reply<RawBody> {
        let (found, targets, suspended) = try await database.report { connection in
            let found = try PayoutQueries.all(filter, after: PayoutID(0), limit: Self.maxExport + 1, connection)
            guard found.count <= Self.maxExport else {
                throw ValidationError.whole(
                    "There are more than \(Self.maxExport) payouts: narrow them by from, until or vendor.")
            }
            let open = found.filter(\.status.isOpen)
            return (
                found, try payouts.targets(of: open, connection),
                try payouts.suspended(among: open, filter, connection)
            )
        }
        try call.recordAfter(PayoutExportRecord(format: "csv", messageID: nil, count: found.count))
        let day = payouts.zone.day(of: payouts.time.now)
        let table = csv(found, targets, without: suspended)
        return reply(Array(table.utf8), "text/csv; charset=utf-8", "payouts-\(day).csv")
    }

    private func giveMessage(_ call: APIRequest, _ id: String) async throws -> Reply<RawBody> {
        let bytes = try await database.report { try payouts.file(ofMessage: id, from: shop.name, $0) }
        try call.recordAfter(PayoutExportRecord(format: "pain.001", messageID: id, count: nil))
        return reply(bytes, "application/xml", "payouts.xml")
    }

    private func makeMessage(_ call: APIRequest, _ input: BankMessageInput) async throws -> Reply<BankMessageBody> {
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        let body = try await database.write { tx in
            try call.confirmSession(in: tx)
            let message = try payouts.makeMessage(input.filter, from: shop.name, in: tx)
            let body = try BankMessageBody(message, currency: payouts.currency)
            try call.record(body, at: payouts.time.now, in: tx)
            return body
        }
        return Reply(body, status: body.messageID == nil ? .ok : .created)
    }

    private func reply(
        _ bytes: [UInt8], _ type: String, _ name: String, shown disposition: String = "attachment"
    ) -> Reply<RawBody> {
        Reply(
            RawBody(contentType: type, bytes: bytes),
            headers: [.contentDisposition: "\(disposition); filename=\"\(name)\"", .cacheControl: "private, no-store"])
    }

    /// Returns the table; only payouts that have not reached their vendors show where they go, and none of vendors who are suspended.
    private func csv(
        _ found: [Payout], _ targets: [VendorID: PayoutTarget], without suspended: Set<VendorID>
    ) -> String {
        let titles = [
            "id", "vendor_id", "vendor_name", "status", "amount", "currency", "payout_method", "account_holder",
            "bank_name", "iban", "bic", "account_number", "routing_number", "paypal_email", "reference",
            "bank_message_id", "left_out",
        ]
        let lines = found.map { payout in
            let isLeftOut = payout.status.isOpen && suspended.contains(payout.vendor)
            let target = payout.status.isOpen && !isLeftOut ? targets[payout.vendor] : nil
            let account = payout.method == .bankTransfer ? target?.account : nil
            let email = payout.method == .paypal ? target?.email : nil
            return CSVText.line([
                .plain(String(payout.id.rawValue)), .plain(String(payout.vendor.rawValue)), .text(payout.vendorName),
                .plain(payout.status.rawValue), .plain(payouts.currency.text(payout.amount)), .plain(payout.currency),
                .plain(payout.method.rawValue), .text(account?.accountHolder ?? ""), .text(account?.bankName ?? ""),
                .text(account?.iban ?? ""),
                .text(account?.swift ?? ""), .text(account?.accountNumber ?? ""), .text(account?.routingNumber ?? ""),
                .text(email ?? ""), .plain(payout.endToEnd), .plain(payout.bankMessage ?? ""),
                .plain(isLeftOut ? TransferProblem.suspended.rawValue : ""),
            ])
        }
        return CSVText.line(titles.map { .plain($0) }) + lines.joined()
    }

    private func reconcile(_ call: APIRequest, _ input: BankFileInput) async throws -> ReconciliationBody {
        try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
        let answer = try BankAnswer(input.file.bytes, of: payouts.books.settings.iban)
        let result = try await payouts.reconcile(
            answer, database, confirm: { try call.confirmSession(in: $0) },
            record: { try payouts.record($0, call, in: $1) })
        try call.recordAfter(PayoutsRecord(result.changed, currency: payouts.currency))
        return ReconciliationBody(result, currency: payouts.currency)
    }

    private func statement(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        try await draw(call.id("id")) { _ in nil }
    }

    private func ownStatement(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let user = try call.caller().userID
        return try await draw(call.id("id")) { try VendorMoneyRoutes.vendor(of: user, $0).id }
    }

    /// Draws the statement of a payout, where it is that vendor's.
    private func draw(
        _ id: PayoutID, _ owner: @escaping @Sendable (Connection) throws -> VendorID?
    ) async throws -> Reply<RawBody> {
        let document = try await database.report { connection in
            let vendor = try owner(connection)
            guard let payout = try PayoutQueries.find(id, connection), vendor == nil || vendor == payout.vendor else {
                throw NotFound()
            }
            return try PayoutStatement(payout, payouts, shop, connection).document
        }
        do {
            let bytes = try await threads.run { try document.pdf() }
            return reply(bytes, "application/pdf", "payout-\(id).pdf", shown: "inline")
        } catch is WorkThreads.Busy {
            throw PayoutError.tooManyDocuments
        }
    }
}

/// A bank's answer.
struct BankFileInput: Input {
    let file: UploadedFile
    let presence: PresenceInput

    init(_ fields: Fields) {
        file = fields.file("file")
        presence = PresenceInput(fields)
    }
}

/// What became of a bank's answer.
struct ReconciliationBody: ResponseBody {
    struct Unmatched: Codable, Sendable {
        /// Empty where the bank speaks of a message as a whole.
        let endToEndID: String
        /// The message that the bank speaks of; empty where it names none.
        let messageID: String
        let reason: String
    }

    /// `pain.002` or `camt.053`.
    let fileType: String
    let payouts: [PayoutBody]
    let unmatched: [Unmatched]

    init(_ result: Reconciliation, currency: Currency) {
        fileType = result.kind.rawValue
        payouts = result.changed.map { PayoutBody($0, currency: currency) }
        unmatched = result.unmatched.map {
            Unmatched(endToEndID: $0.endToEnd, messageID: $0.message, reason: $0.reason)
        }
    }
}
