import Commerce
import Primitives
import SQL

/// What became of a bank's answer.
struct Reconciliation: Sendable {
    /// Something that the bank said and that changes nothing, with the reason.
    struct Unmatched: Sendable {
        /// Empty where it is said of a message as a whole.
        var endToEnd = ""
        /// The id of the message; empty where none is named.
        let message: String
        let reason: String
    }

    let kind: BankAnswer.Kind
    var changed: [Payout] = []
    var unmatched: [Unmatched] = []

    /// Notes that nothing follows from a word, and why.
    mutating func pass(_ word: BankAnswer.Word, _ reason: String) {
        unmatched.append(Unmatched(endToEnd: word.endToEnd, message: word.message, reason: reason))
    }
}

extension PayoutService {
    /// How many words of a bank one transaction works on.
    private static let wordsAtOnce = 100

    /// Has payouts follow what a bank says of them, in transactions that `record` writes down. The same answer twice changes
    /// nothing more.
    ///
    /// - Throws: `OutOfRange`, `SQLError`, what `confirm` and `record` throw in each transaction.
    func reconcile(
        _ answer: BankAnswer, _ database: any Database, confirm: @escaping @Sendable (Transaction) throws -> Void,
        record: @escaping @Sendable ([Payout], Transaction) throws -> Void
    ) async throws -> Reconciliation {
        let refused = try await database.read { try spread(answer.rejections, $0) }
        let words = answer.words + refused.words
        var result = Reconciliation(kind: answer.kind, unmatched: refused.unmatched)
        for chunk in words.chunked(by: Self.wordsAtOnce) {
            let part = try await database.write { tx in
                try confirm(tx)
                var part = Reconciliation(kind: answer.kind)
                for word in chunk { try take(word, into: &part, tx) }
                if !part.changed.isEmpty { try record(part.changed, tx) }
                return part
            }
            result.changed += part.changed
            result.unmatched += part.unmatched
        }
        return result
    }

    /// Returns what the refusal of whole messages says of each payout in them, and the refusals of messages that are not known.
    private func spread(
        _ rejections: [BankAnswer.Rejection], _ connection: Connection
    ) throws -> (words: [BankAnswer.Word], unmatched: [Reconciliation.Unmatched]) {
        var (words, unmatched): ([BankAnswer.Word], [Reconciliation.Unmatched]) = ([], [])
        for rejection in rejections {
            let (message, reason) = (rejection.message, rejection.reason)
            guard !rejection.isDuplicate else {
                unmatched.append(.init(message: message, reason: BankAnswer.Rejection.duplicate))
                continue
            }
            let payouts = message.isEmpty ? [] : try PayoutQueries.all(ofMessage: message, connection)
            words += payouts.map {
                BankAnswer.Word(endToEnd: $0.endToEnd, message: message, outcome: .rejected(reason: reason))
            }
            guard payouts.isEmpty, !rejection.isItemized else { continue }
            unmatched.append(.init(message: message, reason: Self.refusal(reason)))
        }
        return (words, unmatched)
    }

    private static func refusal(_ reason: String) -> String {
        "The bank has refused this message, which has no payouts here: \(words(of: reason))"
    }

    private static func words(of reason: String) -> String { reason.isEmpty ? "The bank gave no reason." : reason }

    private func take(_ word: BankAnswer.Word, into result: inout Reconciliation, _ tx: Transaction) throws {
        guard let id = Self.payout(word.endToEnd), let payout = try PayoutQueries.lock(id, tx) else {
            return result.pass(word, "There is no such payout.")
        }
        if let problem = Self.problem(word, payout) { return result.pass(word, problem) }
        if let changed = try follow(word.outcome, payout, in: tx) { result.changed.append(changed) }
    }

    /// Has a locked payout follow; returns nil where it did before.
    private func follow(_ outcome: BankAnswer.Outcome, _ payout: Payout, in tx: Transaction) throws -> Payout? {
        switch outcome {
        case .accepted: return payout.status == .pending ? try accept(payout, in: tx) : nil
        case .settled(let reference), .paid(let reference, _):
            guard payout.status.isOpen else { return nil }
            let name = reference.isEmpty ? payout.endToEnd : reference
            return try complete(payout, reference: name.prefix(scalars: 100), in: tx)
        case .rejected(let reason), .returned(let reason, _):
            guard payout.status != .failed else { return nil }
            return try giveBack(payout, reason: Self.words(of: reason).prefix(scalars: 500), in: tx)
        case .unclear: return nil
        }
    }

    /// Returns why what is said cannot be said of this payout; nil where it can.
    private static func problem(_ word: BankAnswer.Word, _ payout: Payout) -> String? {
        if !word.message.isEmpty, let message = payout.bankMessage, !message.isSame(as: word.message) {
            return "The payout is in another message: \(message)."
        }
        return switch word.outcome {
        case .unclear(let reason): reason
        case .paid(_, let amount), .returned(_, let amount): problem(amount, payout) ?? problem(word.outcome, payout)
        case .accepted, .settled, .rejected: problem(word.outcome, payout)
        }
    }

    private static func problem(_ outcome: BankAnswer.Outcome, _ payout: Payout) -> String? {
        switch outcome {
        case .accepted where payout.status == .failed, .settled where payout.status == .failed,
            .paid where payout.status == .failed:
            "The payout has failed before."
        case .rejected where payout.status == .completed: "The payout is completed."
        case .accepted, .settled, .paid, .rejected, .returned, .unclear: nil
        }
    }

    private static func problem(_ amount: BankAnswer.Amount?, _ payout: Payout) -> String? {
        guard let amount, let currency = Currency(code: payout.currency),
            let money = Currency(code: amount.currency)?.amount(amount.text)
        else { return "The bank names no amount that can be read." }
        guard currency.code == amount.currency, money == payout.amount else { return "The amount is not the payout's." }
        return nil
    }

    /// Returns the payout that a bank knows by a name.
    private static func payout(_ endToEnd: String) -> PayoutID? {
        guard let text = endToEnd.after("KONTOR-"), let number = Int64(text), number > 0 else { return nil }
        return PayoutID(number)
    }
}
