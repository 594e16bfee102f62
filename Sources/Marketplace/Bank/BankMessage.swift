import Commerce
import Primitives
import SQL
import Vendors

/// A message to the bank: the payouts that it has, and those that it leaves out.
struct BankMessage: Sendable {
    struct LeftOut: Sendable {
        let payout: PayoutID
        let problem: TransferProblem
    }

    /// Nil where there is nothing to pay, so that no message was made.
    var id: String?
    var transfers: [CreditTransfer] = []
    var leftOut: [LeftOut] = []
    /// Whether more payouts wait than one message may have.
    var hasMore = false
}

extension PayoutService {
    /// The most transfers of one message.
    static let transfersAtOnce = 5_000
    /// How many payouts are locked, and how many vendors' accounts are read, by one statement.
    private static let rowsAtOnce = 500

    /// Makes a message of the pending payouts that no other has, and marks them. Payouts of vendors who are suspended are left out,
    /// unless the filter names the vendor.
    ///
    /// - Throws: `ValidationError` where the shop's own account is not known, `OutOfRange`, `SQLError`.
    func makeMessage(_ filter: PayoutListQueries.Filter, from shop: String, in tx: Transaction) throws -> BankMessage {
        var message = try collect(filter, tx)
        guard !message.transfers.isEmpty else { return message }
        guard !books.settings.iban.isEmpty else {
            throw ValidationError.whole("The shop's own account is not known: set PAYOUT_IBAN.")
        }
        let now = Timestamp(seconds: time.now.seconds)
        let id = try file(message.transfers, from: shop, at: now).messageID()
        for chunk in message.transfers.map(\.payout.id).chunked(by: Self.rowsAtOnce) {
            try PayoutQueries.mark(Array(chunk), message: id, at: now, tx)
        }
        message.id = id
        return message
    }

    /// Returns the file of a message that was made: the same bytes each time.
    ///
    /// - Throws: `NotFound`, `PayoutError.messageAnswered` once one of its payouts is not pending any more,
    ///   `PayoutError.messageChanged` where it would not be the same, `OutOfRange`, `SQLError`.
    func file(ofMessage id: String, from shop: String, _ connection: Connection) throws -> [UInt8] {
        let payouts = try PayoutQueries.all(ofMessage: id, connection)
        guard let first = payouts.first, let moment = first.exportedAt else { throw NotFound() }
        guard payouts.allSatisfy({ $0.status == .pending }) else { throw PayoutError.messageAnswered }
        let targets = try targets(of: payouts, connection)
        let transfers = payouts.compactMap { try? CreditTransfer($0, to: targets[$0.vendor]?.account) }
        let file = file(transfers, from: shop, at: moment)
        let digest = try file.messageID()
        guard transfers.count == payouts.count, digest == first.bankMessage else { throw PayoutError.messageChanged }
        return try file.bytes(as: digest)
    }

    /// Returns where the money of these payouts goes, by vendor.
    ///
    /// - Throws: `SQLError`.
    func targets(of payouts: [Payout], _ connection: Connection) throws -> [VendorID: PayoutTarget] {
        var found: [VendorID: PayoutTarget] = [:]
        for chunk in Set(payouts.map(\.vendor)).sorted().chunked(by: Self.rowsAtOnce) {
            found.merge(try payees(Array(chunk), connection)) { first, _ in first }
        }
        return found
    }

    /// Returns which vendors of these payouts are suspended; none where staff have named the vendor whom they pay.
    ///
    /// - Throws: `SQLError`.
    func suspended(
        among payouts: [Payout], _ filter: PayoutListQueries.Filter, _ connection: Connection
    ) throws -> Set<VendorID> {
        guard filter.vendor == nil else { return [] }
        let chunks = Set(payouts.map(\.vendor)).sorted().chunked(by: Self.rowsAtOnce)
        return Set(try chunks.flatMap { try PayoutQueries.suspended(Array($0), connection) })
    }

    private func collect(_ filter: PayoutListQueries.Filter, _ tx: Transaction) throws -> BankMessage {
        var message = BankMessage()
        var last = PayoutID(0)
        while !message.hasMore {
            let payouts = try PayoutQueries.lockUnsent(filter, after: last, limit: Self.rowsAtOnce, tx)
            guard let end = payouts.last else { break }
            try add(payouts, to: &message, without: try suspended(among: payouts, filter, tx), tx)
            last = end.id
        }
        return message
    }

    private func add(
        _ payouts: [Payout], to message: inout BankMessage, without suspended: Set<VendorID>, _ tx: Transaction
    ) throws {
        let targets = try targets(of: payouts, tx)
        for payout in payouts {
            guard message.transfers.count < Self.transfersAtOnce else {
                message.hasMore = true
                return
            }
            do throws(TransferProblem) {
                guard !suspended.contains(payout.vendor) else { throw .suspended }
                message.transfers.append(try CreditTransfer(payout, to: targets[payout.vendor]?.account))
            } catch {
                message.leftOut.append(.init(payout: payout.id, problem: error))
            }
        }
    }

    private func file(_ transfers: [CreditTransfer], from shop: String, at moment: Timestamp) -> CreditTransferFile {
        CreditTransferFile(
            transfers: transfers, shopName: shop, iban: books.settings.iban, bic: books.settings.bic,
            currency: currency, now: moment, day: zone.day(of: moment))
    }
}
