import Synchronization

/// Values that cost much to read, each cached for at most a second.
///
/// When half of the second is over, one caller reads again while the others still get the cached value.
public final class RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct CachedValue {
        let value: Value
        let readAt: ContinuousClock.Instant
        var isRenewing = false
    }

    private let lifetime = Duration.seconds(1)
    private let capacity = 256
    private let now: @Sendable () -> ContinuousClock.Instant
    private let kept = Mutex<[Key: CachedValue]>([:])

    /// Creates an empty cache.
    public init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
        self.now = now
    }

    /// Returns the value of a key, at most a second old; what `isCostly` says no to is read each time.
    ///
    /// - Throws: whatever `read` throws.
    public func value(
        of key: Key, where isCostly: (Value) -> Bool, read: () throws -> Value
    ) throws -> Value {
        if let known = known(key) { return known }
        let begun = now()
        let value = try read()
        kept.withLock { kept in
            if kept.count >= capacity { kept = kept.filter { begun - $0.value.readAt < lifetime } }
            guard isCostly(value), kept.count < capacity else { return kept[key] = nil }
            kept[key] = CachedValue(value: value, readAt: begun)
        }
        return value
    }

    private func known(_ key: Key) -> Value? {
        let now = now()
        return kept.withLock { kept in
            guard let found = kept[key], now - found.readAt < lifetime else { return nil }
            guard !found.isRenewing, now - found.readAt >= lifetime / 2 else { return found.value }
            kept[key]?.isRenewing = true
            return nil
        }
    }
}
