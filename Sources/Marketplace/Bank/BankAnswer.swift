import Commerce
import Markup
import Primitives

/// What a bank says of our transfers: a status report (pain.002) or a statement (camt.053), of any version.
struct BankAnswer: Sendable {
    enum Kind: String, Sendable {
        case statusReport = "pain.002"
        case statement = "camt.053"
    }

    /// An amount as a bank writes it, with the code of its currency.
    struct Amount: Sendable, Equatable {
        let text: String
        let currency: String
    }

    /// The end of a transfer, or a step on its way.
    enum Outcome: Sendable, Equatable {
        case accepted
        /// A status report says that it is paid; such reports name no amount of their own.
        case settled(reference: String)
        /// It was booked on the shop's account. The amount is nil where none can be read.
        case paid(reference: String, amount: Amount?)
        case rejected(reason: String)
        /// The money came back after it had been paid.
        case returned(reason: String, amount: Amount?)
        /// Nothing follows from it, and why.
        case unclear(reason: String)
    }

    /// What is said of one transfer.
    struct Word: Sendable {
        let endToEnd: String
        /// The id of the message that it is said of; empty where none is named.
        var message = ""
        let outcome: Outcome
    }

    /// The refusal of a message as a whole.
    struct Rejection: Sendable {
        /// The id of the message; empty where none is named.
        let message: String
        let reason: String
        /// Whether the report names transfers of the message too.
        let isItemized: Bool
        /// Whether it is refused because the bank has had it before.
        let isDuplicate: Bool

        static let duplicate = "The bank has had this before; what it says of the first counts."
    }

    let kind: Kind
    let words: [Word]
    let rejections: [Rejection]

    /// Reads a file; `iban` is the account that payouts leave from, whose statements alone count.
    ///
    /// - Throws: `ValidationError` on `file` for what is neither.
    init(_ bytes: [UInt8], of iban: String) throws {
        guard let root = try? XMLElement(parsing: bytes) else {
            throw ValidationError("file", "This is no XML document that can be read.")
        }
        if let found = root.first("CstmrPmtStsRpt") {
            let report = StatusReport(found)
            kind = .statusReport
            words = report.words
            rejections = report.rejections
        } else if let statements = root.first("BkToCstmrStmt") {
            kind = .statement
            words = statements.all("Stmt").flatMap { BankStatement($0).words(of: iban) }
            rejections = []
        } else {
            throw ValidationError("file", "This is neither a pain.002 nor a camt.053.")
        }
    }
}

extension XMLElement {
    /// The codes and sentences of reasons (`StsRsnInf`, `RtrInf`) among the children of a name, as one text; may be empty.
    func reason(in name: String) -> String {
        let texts = all(name).flatMap { info in
            [info.first("Rsn", "Cd")?.text ?? info.first("Rsn", "Prtry")?.text].compactMap { $0 }
                + info.all("AddtlInf").map(\.text)
        }
        return texts.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
