import Markup
import Primitives
import Vendors

/// A bank's statement of one account: a `Stmt` of a camt.053.
struct BankStatement: Sendable {
    private let statement: XMLElement

    /// Reads a `Stmt`.
    init(_ statement: XMLElement) { self.statement = statement }

    /// Returns what its booked entries say of transfers. Nothing follows from a statement of another account than `iban`.
    func words(of iban: String) -> [BankAnswer.Word] {
        let words = statement.all("Ntry").flatMap { Self.read($0) }
        guard iban.isEmpty || account != iban else { return words }
        return words.map {
            .init(
                endToEnd: $0.endToEnd,
                outcome: .unclear(reason: "The statement is not of the shop's own account, PAYOUT_IBAN."))
        }
    }

    private var account: String { IBAN.compact(statement.first("Acct", "Id", "IBAN")?.text.trimmed ?? "") }

    private static func read(_ entry: XMLElement) -> [BankAnswer.Word] {
        let status = entry.first("Sts", "Cd")?.text ?? entry.first("Sts")?.text ?? "BOOK"
        guard status.trimmed == "BOOK" else { return [] }
        let details = entry.all("NtryDtls").flatMap { $0.all("TxDtls") }
        return details.compactMap { transaction -> BankAnswer.Word? in
            guard let id = transaction.first("Refs", "EndToEndId")?.text.trimmed else { return nil }
            let booked = BookedTransaction(entry: entry, transaction: transaction, isOnly: details.count == 1)
            return BankAnswer.Word(endToEnd: id, outcome: booked.outcome)
        }
    }
}

/// A transaction of a booked entry. What it says itself goes before what its entry says of all.
private struct BookedTransaction {
    let entry: XMLElement
    let transaction: XMLElement
    /// Whether the entry has no other one, so that the entry's amount is its amount.
    let isOnly: Bool

    /// Money that left is paid. Money that came in was returned only where the bank says so: anybody may send the shop a
    /// transfer under a payout's name.
    var outcome: BankAnswer.Outcome {
        switch (transaction.first("CdtDbtInd") ?? entry.first("CdtDbtInd"))?.text.trimmed ?? "" {
        case "DBIT" where !isReturn: .paid(reference: reference, amount: amount)
        case "CRDT" where isReturn: .returned(reason: transaction.reason(in: "RtrInf"), amount: amount)
        case "CRDT": .unclear(reason: "The bank does not say that this money was returned.")
        default: .unclear(reason: "The entry is neither a payment nor one that was returned.")
        }
    }

    /// Whether it undoes another one: by a return's own data, as a reversal, or by its code (`RRTN`).
    private var isReturn: Bool {
        let isReversal = entry.first("RvslInd")?.text.trimmed ?? ""
        let codes = [entry, transaction].compactMap {
            $0.first("BkTxCd", "Domn", "Fmly", "SubFmlyCd")?.text.trimmed
        }
        return transaction.first("RtrInf") != nil || ["true", "1"].contains(isReversal) || codes.contains("RRTN")
    }

    private var reference: String {
        (transaction.first("Refs", "AcctSvcrRef") ?? entry.first("AcctSvcrRef"))?.text.trimmed ?? ""
    }

    /// The amount: `Amt` of the newer versions, `AmtDtls` of camt.053.001.02, or the entry's own.
    private var amount: BankAnswer.Amount? {
        let found =
            transaction.first("Amt") ?? transaction.first("AmtDtls", "TxAmt", "Amt")
            ?? (isOnly ? entry.first("Amt") : nil)
        return found.map { .init(text: $0.text.trimmed, currency: $0.attributes["Ccy"]?.trimmed ?? "") }
    }
}
