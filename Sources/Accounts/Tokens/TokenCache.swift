import Primitives
import Synchronization

/// Claims of tokens whose signature has been checked, by the token's SHA-256.
///
/// Bounded: when the young half is full it becomes the old one and the old one is dropped.
final class TokenCache: Sendable {
    private struct Halves {
        var young: [[UInt8]: TokenClaims] = [:]
        var old: [[UInt8]: TokenClaims] = [:]
    }

    private let halves = Mutex(Halves())
    private let halfSize: Int

    init(capacity: Int = 20_000) {
        self.halfSize = max(1, capacity / 2)
    }

    /// Returns the claims of a token seen before, nil where it is unknown.
    func claims(_ digest: [UInt8]) -> TokenClaims? {
        halves.withLock { halves in
            if let claims = halves.young[digest] { return claims }
            guard let claims = halves.old[digest] else { return nil }
            Self.put(claims, digest, &halves, halfSize)
            return claims
        }
    }

    func keep(_ claims: TokenClaims, _ digest: [UInt8]) {
        halves.withLock { Self.put(claims, digest, &$0, halfSize) }
    }

    /// Forgets a token that has expired.
    func drop(_ digest: [UInt8]) {
        halves.withLock { halves in
            halves.young[digest] = nil
            halves.old[digest] = nil
        }
    }

    private static func put(_ claims: TokenClaims, _ digest: [UInt8], _ halves: inout Halves, _ halfSize: Int) {
        if halves.young.count >= halfSize {
            halves.old = halves.young
            halves.young = [:]
        }
        halves.young[digest] = claims
    }
}
