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
                    .get, "/api/admin/payouts/export/", "Gives payouts as CSV, or as a pain.001.001.09 for the bank.",
                    access: PayoutRoutes.access, use: export
                ).producing("text/csv", "application/xml").refusing(.contentTooLarge),
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
        let transfers = try await database.report { connection in
            let found = try PayoutQueries.all(
                input.filter, after: PayoutID(0), limit: Self.maxExport, connection)
            let payees = try payouts.payees(Set(found.map(\.vendor)).sorted(), connection)
            return found.map { CreditTransfer(payout: $0, account: payees[$0.vendor]?.account) }
        }
        let day = payouts.zone.day(of: payouts.time.now)
        return switch input.format {
        case .csv: reply(Array(csv(transfers).utf8), "text/csv; charset=utf-8", "payouts-\(day).csv")
        case .pain001: reply(try file(transfers, day).bytes(), "application/xml", "payouts-\(day).xml")
        }
    }

    private func reply(_ bytes: [UInt8], _ type: String, _ name: String) -> Reply<RawBody> {
        Reply(
            RawBody(contentType: type, bytes: bytes),
            headers: [.contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "private, no-store"])
    }

    private func csv(_ transfers: [CreditTransfer]) -> String {
        let titles = [
            "id", "vendor_id", "vendor_name", "status", "amount", "currency", "account_holder", "bank_name", "iban",
            "bic", "account_number", "routing_number", "reference",
        ]
        let lines = transfers.map { transfer in
            let (payout, account) = (transfer.payout, transfer.account)
            return CSVText.line([
                .plain(String(payout.id.rawValue)), .plain(String(payout.vendor.rawValue)), .text(payout.vendorName),
                .plain(payout.status.rawValue), .plain(payouts.currency.text(payout.amount)), .plain(payout.currency),
                .text(account?.accountHolder ?? ""), .text(account?.bankName ?? ""), .text(account?.iban ?? ""),
                .text(account?.swift ?? ""), .text(account?.accountNumber ?? ""), .text(account?.routingNumber ?? ""),
                .plain(payout.endToEnd),
            ])
        }
        return CSVText.line(titles.map { .plain($0) }) + lines.joined()
    }

    /// Returns the transfers that a bank can make; payouts in another way, or without an account, are not among them.
    private func file(_ transfers: [CreditTransfer], _ day: CivilDate) throws -> CreditTransferFile {
        let settings = payouts.books.settings
        guard !settings.iban.isEmpty else {
            throw ValidationError("format", "The shop's own account is not known: set PAYOUT_IBAN.")
        }
        let known = transfers.filter { $0.payout.method == .bankTransfer && $0.account?.isComplete == true }
        guard !known.isEmpty else {
            throw ValidationError("format", "There is no such payout to an account at a bank.")
        }
        return CreditTransferFile(
            transfers: known, shopName: shop.name, iban: settings.iban, bic: settings.bic, currency: payouts.currency,
            now: payouts.time.now, day: day)
    }

    private func reconcile(_ call: APIRequest, _ input: BankFileInput) async throws -> ReconciliationBody {
        let answer = try BankAnswer(input.file.bytes, payouts.currency)
        let result = try await payouts.reconcile(answer, database) { try call.confirmSession(in: $0) }
        let body = ReconciliationBody(result, currency: payouts.currency)
        try call.recordAfter(PayoutsRecord(body.payouts))
        return body
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
        let document = try await database.read { connection in
            let vendor = try owner(connection)
            guard let payout = try PayoutQueries.find(id, connection), vendor == nil || vendor == payout.vendor else {
                throw NotFound()
            }
            return try PayoutStatement(payout, payouts, shop, connection).document
        }
        do {
            let bytes = try await threads.run { try document.pdf() }
            return Reply(
                RawBody(contentType: "application/pdf", bytes: bytes),
                headers: [
                    .contentDisposition: "inline; filename=\"payout-\(id).pdf\"", .cacheControl: "private, no-store",
                ])
        } catch is WorkThreads.Busy {
            throw PayoutError.tooManyDocuments
        }
    }
}

/// A bank's answer.
struct BankFileInput: Input {
    let file: UploadedFile

    init(_ fields: Fields) {
        file = fields.file("file")
    }
}

/// What became of a bank's answer.
struct ReconciliationBody: ResponseBody {
    struct Unmatched: Codable, Sendable {
        let endToEndID: String
        let reason: String
    }

    /// `pain.002` or `camt.053`.
    let fileType: String
    let payouts: [PayoutBody]
    let unmatched: [Unmatched]

    init(_ result: Reconciliation, currency: Currency) {
        fileType = result.kind.rawValue
        payouts = result.changed.map { PayoutBody($0, currency: currency) }
        unmatched = result.unmatched.map { Unmatched(endToEndID: $0.endToEnd, reason: $0.reason) }
    }
}
