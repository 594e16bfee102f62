import Synchronization

/// For whom a password is compared: what those that wait are counted by.
struct HashAsker: Sendable, Hashable {
    let account: AccountKey
    /// Nil where clients are not limited by their address.
    let network: String?
}

/// How many comparisons wait or run, over all and for each account and network.
final class WaitingHashes: Sendable {
    private struct State {
        var all = 0
        var counts: [String: Int] = [:]
    }

    private let perAccount: Int
    private let perNetwork: Int
    private let state = Mutex(State())

    init(perAccount: Int = 32, perNetwork: Int = 64) {
        self.perAccount = perAccount
        self.perNetwork = perNetwork
    }

    /// Returns whether `asker` would be let in.
    func hasRoom(for asker: HashAsker?) -> Bool { state.withLock { hasRoom(for: asker, $0) } }

    /// Counts one more of `asker`; false, and nothing is counted, where they have their share.
    func enter(_ asker: HashAsker?) -> Bool {
        state.withLock { state in
            guard hasRoom(for: asker, state) else { return false }
            for (key, _) in bounds(of: asker) { state.counts[key, default: 0] += 1 }
            return true
        }
    }

    /// Ends what ``enter(_:)`` has counted.
    func leave(_ asker: HashAsker?) {
        state.withLock { state in
            for (key, _) in bounds(of: asker) {
                let left = (state.counts[key] ?? 0) - 1
                state.counts[key] = left > 0 ? left : nil
            }
        }
    }

    /// Counts a piece of work, whoever it is for.
    func begin() { state.withLock { $0.all += 1 } }

    /// Ends it; true where it was the last.
    func end() -> Bool {
        state.withLock { state in
            state.all -= 1
            return state.all == 0
        }
    }

    private func hasRoom(for asker: HashAsker?, _ state: State) -> Bool {
        bounds(of: asker).allSatisfy { state.counts[$0.key, default: 0] < $0.most }
    }

    private func bounds(of asker: HashAsker?) -> [(key: String, most: Int)] {
        guard let asker else { return [] }
        let account = (key: "account " + asker.account.text, most: perAccount)
        return [account] + (asker.network.map { [(key: "network " + $0, most: perNetwork)] } ?? [])
    }
}
