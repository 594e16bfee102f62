import Commerce
import Primitives
import SQL

/// What became of a bank's answer.
struct Reconciliation: Sendable {
    /// Something that the bank said and that changes nothing, with the reason.
    struct Unmatched: Sendable {
        let endToEnd: String
        let reason: String
    }

    let kind: BankAnswer.Kind
    var changed: [Payout] = []
    var unmatched: [Unmatched] = []
}

extension PayoutService {
    /// How many words of a bank one transaction works on.
    private static let wordsAtOnce = 100

    /// Has payouts follow what a bank says of them. The same answer twice changes nothing more.
    ///
    /// - Throws: `OutOfRange`, `SQLError`, what `confirm` throws in each transaction.
    func reconcile(
        _ answer: BankAnswer, _ database: any Database, confirm: @escaping @Sendable (Transaction) throws -> Void
    ) async throws -> Reconciliation {
        var result = Reconciliation(kind: answer.kind)
        for start in stride(from: 0, to: answer.words.count, by: Self.wordsAtOnce) {
            let words = Array(answer.words[start..<min(start + Self.wordsAtOnce, answer.words.count)])
            let (changed, unmatched) = try await database.write { tx in
                try confirm(tx)
                var part = Reconciliation(kind: answer.kind)
                for word in words { try take(word, into: &part, tx) }
                return (part.changed, part.unmatched)
            }
            result.changed += changed
            result.unmatched += unmatched
        }
        return result
    }

    private func take(_ word: BankAnswer.Word, into result: inout Reconciliation, _ tx: Transaction) throws {
        guard let id = Self.payout(word.endToEnd), let payout = try PayoutQueries.lock(id, tx) else {
            return result.unmatched.append(.init(endToEnd: word.endToEnd, reason: "There is no such payout."))
        }
        if let problem = problem(word.outcome, payout) {
            return result.unmatched.append(.init(endToEnd: word.endToEnd, reason: problem))
        }
        switch word.outcome {
        case .accepted:
            if payout.status == .pending { result.changed.append(try accept(id, in: tx)) }
        case .paid(let reference, _):
            guard payout.status.isOpen else { return }
            let name = reference.isEmpty ? payout.endToEnd : reference
            result.changed.append(try complete(id, reference: name.prefix(scalars: 100), in: tx))
        case .rejected(let reason), .returned(let reason):
            guard payout.status != .failed else { return }
            let words = reason.isEmpty ? "The bank gave no reason." : reason
            result.changed.append(try giveBack(id, reason: words.prefix(scalars: 500), in: tx))
        }
    }

    /// Returns why an outcome cannot be this payout's; nil where it can.
    private func problem(_ outcome: BankAnswer.Outcome, _ payout: Payout) -> String? {
        switch outcome {
        case .paid(_, let amount?) where amount != payout.amount:
            "The amount is not the payout's."
        case .paid where payout.status == .failed: "The payout has failed before."
        case .accepted where payout.status == .failed: "The payout has failed before."
        case .rejected where payout.status == .completed: "The payout is completed."
        case .accepted, .paid, .rejected, .returned: nil
        }
    }

    /// Returns the payout that a bank knows by a name.
    private static func payout(_ endToEnd: String) -> PayoutID? {
        guard let text = endToEnd.after("KONTOR-"), let number = Int64(text), number > 0 else { return nil }
        return PayoutID(number)
    }
}
