import Synchronization

/// A source of random bytes: the system's cryptographic generator, or a seeded one that repeats itself.
public struct RandomSource: Sendable {
    private let draw: @Sendable () -> UInt64

    /// Draws 64 random bits from `next` at a time; it is called from any thread.
    public init(_ next: @escaping @Sendable () -> UInt64) {
        self.draw = next
    }

    /// The operating system's cryptographic generator.
    public static let system = RandomSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// Returns a generator that gives the same numbers for the same seed; for demo data and tests, never for secrets.
    public static func seeded(_ seed: UInt64) -> RandomSource {
        let state = Mutex(seed)
        return RandomSource { state.withLock { splitMix64(&$0) } }
    }

    /// Returns `count` random bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            withUnsafeBytes(of: draw()) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Returns a uniform number from 0 and below `bound`, which must be positive.
    public func number(below bound: Int) -> Int {
        var generator = self
        return Int.random(in: 0..<bound, using: &generator)
    }

    /// Returns an unguessable URL-safe token of `byteCount` random bytes (32 unless given: 256 bits).
    public func token(byteCount: Int = 32) -> String {
        Base64URL.encode(bytes(byteCount))
    }
}

extension RandomSource: RandomNumberGenerator {
    /// Returns 64 random bits.
    public mutating func next() -> UInt64 { draw() }
}

/// Returns the next number of Vigna's SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
private func splitMix64(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
}
