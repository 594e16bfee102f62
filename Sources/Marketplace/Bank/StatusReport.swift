import Markup
import Primitives

/// A bank's report on a message of transfers: pain.002.
struct StatusReport: Sendable {
    private let group: XMLElement?
    private let batches: [XMLElement]

    /// Reads a `CstmrPmtStsRpt`.
    init(_ report: XMLElement) {
        group = report.first("OrgnlGrpInfAndSts")
        batches = report.all("OrgnlPmtInfAndSts")
    }

    /// The id of the message that it is about; empty where none is named.
    private var message: String { group?.first("OrgnlMsgId")?.text.trimmed ?? "" }

    /// What it says of single transfers.
    var words: [BankAnswer.Word] { batches.flatMap { $0.all("TxInfAndSts") }.compactMap(word) }

    /// What it refuses as a whole: the message, or else each batch of it.
    var rejections: [BankAnswer.Rejection] {
        if let group, Self.isRejected(group, "GrpSts") {
            let isItemized = batches.contains { $0.first("TxInfAndSts") != nil }
            return [rejection(group, isItemized: isItemized)]
        }
        return batches.filter { Self.isRejected($0, "PmtInfSts") }.map {
            rejection($0, isItemized: $0.first("TxInfAndSts") != nil)
        }
    }

    private static func isRejected(_ element: XMLElement, _ name: String) -> Bool {
        element.first(name)?.text.trimmed == "RJCT"
    }

    private func rejection(_ element: XMLElement, isItemized: Bool) -> BankAnswer.Rejection {
        BankAnswer.Rejection(
            message: message, reason: element.reason(in: "StsRsnInf"), isItemized: isItemized,
            isDuplicate: Self.isDuplicate(element))
    }

    /// Returns whether something is refused because the bank has had it before (ISO 20022's external status reasons), so that it is
    /// the first of them that counts.
    private static func isDuplicate(_ element: XMLElement) -> Bool {
        element.all("StsRsnInf").compactMap { $0.first("Rsn", "Cd")?.text.trimmed }
            .contains { ["AM05", "DU01", "DU02", "DU03", "DU04", "DU05"].contains($0) }
    }

    private func word(_ transaction: XMLElement) -> BankAnswer.Word? {
        guard let id = transaction.first("OrgnlEndToEndId")?.text.trimmed,
            let status = transaction.first("TxSts")?.text.trimmed, let outcome = Self.outcome(status, transaction)
        else { return nil }
        return BankAnswer.Word(endToEnd: id, message: message, outcome: outcome)
    }

    private static func outcome(_ status: String, _ transaction: XMLElement) -> BankAnswer.Outcome? {
        switch status {
        case "ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC": .accepted
        case "ACSC", "ACCC": .settled(reference: transaction.first("AcctSvcrRef")?.text.trimmed ?? "")
        case "RJCT" where isDuplicate(transaction): .unclear(reason: BankAnswer.Rejection.duplicate)
        case "RJCT", "CANC": .rejected(reason: transaction.reason(in: "StsRsnInf"))
        default: nil
        }
    }
}
