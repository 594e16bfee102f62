import Commerce
import Markup
import Primitives

/// What a bank says of our transfers: a status report (pain.002) or a statement (camt.053), of any version.
struct BankAnswer: Sendable {
    enum Kind: String, Sendable {
        case statusReport = "pain.002"
        case statement = "camt.053"
    }

    /// The end of a transfer, or a step on its way.
    enum Outcome: Sendable, Equatable {
        case accepted
        /// The amount is nil where none is told.
        case paid(reference: String, amount: Money?)
        case rejected(reason: String)
        /// The money came back after it had been paid.
        case returned(reason: String)
    }

    /// What is said of one transfer.
    struct Word: Sendable {
        let endToEnd: String
        let outcome: Outcome
    }

    let kind: Kind
    let words: [Word]

    /// Reads a file.
    ///
    /// - Throws: `ValidationError` on `file` for what is neither.
    init(_ bytes: [UInt8], _ currency: Currency) throws {
        guard let root = try? XMLElement(parsing: bytes) else {
            throw ValidationError("file", "This is no XML document that can be read.")
        }
        if let report = root.first("CstmrPmtStsRpt") {
            kind = .statusReport
            words = report.all("OrgnlPmtInfAndSts").flatMap { $0.all("TxInfAndSts") }.compactMap(Self.status)
        } else if let statement = root.first("BkToCstmrStmt") {
            kind = .statement
            words = statement.all("Stmt").flatMap { $0.all("Ntry") }.flatMap { Self.entry($0, currency) }
        } else {
            throw ValidationError("file", "This is neither a pain.002 nor a camt.053.")
        }
    }

    private static func status(_ transaction: XMLElement) -> Word? {
        guard let id = transaction.first("OrgnlEndToEndId")?.text.trimmed,
            let status = transaction.first("TxSts")?.text.trimmed
        else { return nil }
        switch status {
        case "ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC": return Word(endToEnd: id, outcome: .accepted)
        case "ACSC", "ACCC":
            let reference = transaction.first("AcctSvcrRef")?.text.trimmed ?? ""
            return Word(endToEnd: id, outcome: .paid(reference: reference, amount: nil))
        case "RJCT", "CANC": return Word(endToEnd: id, outcome: .rejected(reason: reason(transaction.all("StsRsnInf"))))
        default: return nil
        }
    }

    /// Reads a booked entry: money that left is paid, money that came back was returned.
    private static func entry(_ entry: XMLElement, _ currency: Currency) -> [Word] {
        let status = entry.first("Sts", "Cd")?.text ?? entry.first("Sts")?.text ?? "BOOK"
        guard status.trimmed == "BOOK" else { return [] }
        let details = entry.all("NtryDtls").flatMap { $0.all("TxDtls") }
        return details.compactMap { transaction -> Word? in
            guard let id = transaction.first("Refs", "EndToEndId")?.text.trimmed else { return nil }
            let isDebit = (transaction.first("CdtDbtInd") ?? entry.first("CdtDbtInd"))?.text.trimmed == "DBIT"
            guard isDebit else {
                return Word(endToEnd: id, outcome: .returned(reason: reason(transaction.all("RtrInf"))))
            }
            let reference =
                (transaction.first("Refs", "AcctSvcrRef") ?? entry.first("AcctSvcrRef"))?.text.trimmed ?? ""
            let amount = transaction.first("Amt") ?? (details.count == 1 ? entry.first("Amt") : nil)
            return Word(
                endToEnd: id,
                outcome: .paid(
                    reference: reference, amount: amount.flatMap { currency.amount($0.text.trimmed) }))
        }
    }

    private static func reason(_ infos: [XMLElement]) -> String {
        let texts = infos.flatMap { info in
            [info.first("Rsn", "Cd")?.text ?? info.first("Rsn", "Prtry")?.text].compactMap { $0 }
                + info.all("AddtlInf").map(\.text)
        }
        return texts.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
