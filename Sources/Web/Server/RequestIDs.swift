import Primitives
import Synchronization

/// Ids of requests: the client's own where it is valid, else a new one.
///
/// New ones need not be secret, only distinct: a random prefix of this process and a counter.
final class RequestIDs: Sendable {
    private let prefix: String
    private let counter = Atomic<UInt64>(0)

    init(_ random: RandomSource) {
        self.prefix = Hex.encode(random.bytes(6)) + "-"
    }

    /// Returns `sent` where it is 1 to 128 letters, digits, `.`, `_` or `-`; else a fresh id.
    func id(sent: String?) -> String {
        if let sent, Self.isValid(sent) { return sent }
        return prefix + String(counter.add(1, ordering: .relaxed).newValue, radix: 36)
    }

    private static func isValid(_ id: String) -> Bool {
        guard (1...128).contains(id.utf8.count) else { return false }
        return id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
