import Primitives
import Synchronization

/// Counts requests by key in memory, in fixed windows that begin with the key's first request.
///
/// Each process counts for itself. The number of keys is bounded: when it is reached the windows that have ended are
/// forgotten, and if none has, those that end first.
public final class RateLimiter: Sendable {
    private struct Key: Hashable {
        let name: String
        let subject: String
    }

    private struct Window {
        var count: Int
        let ends: Timestamp
    }

    private let time: TimeSource
    private let capacity: Int
    private let windows = Mutex<[Key: Window]>([:])

    /// Creates a limiter that counts for at most `capacity` keys at once.
    public init(time: TimeSource, capacity: Int = 100_000) {
        self.time = time
        self.capacity = max(capacity, 1)
    }

    /// Counts one request of `subject` against `limit`.
    ///
    /// - Throws: `Throttled` where the limit is reached; the request is then not counted.
    public func take(_ limit: RateLimit, for subject: String) throws(Throttled) {
        let now = time.now
        let key = Key(name: limit.name, subject: subject)
        let wait: TimeSpan? = windows.withLock { windows in
            if let window = windows[key], window.ends > now {
                if window.count >= limit.count { return window.ends - now }
                windows[key] = Window(count: window.count + 1, ends: window.ends)
                return nil
            }
            if windows.count >= capacity { Self.makeRoom(&windows, now, capacity) }
            windows[key] = Window(count: 1, ends: now + limit.window)
            return limit.count > 0 ? nil : limit.window
        }
        if let wait { throw Throttled(retryAfter: wait) }
    }

    /// Throws where ``take(_:for:)`` would; nothing is counted.
    ///
    /// - Throws: `Throttled` where the limit is reached.
    public func check(_ limit: RateLimit, for subject: String) throws(Throttled) {
        let now = time.now
        let window = windows.withLock { $0[Key(name: limit.name, subject: subject)] }
        if let window, window.ends > now, window.count >= limit.count { throw Throttled(retryAfter: window.ends - now) }
    }

    /// Forgets what was counted for `subject`.
    public func forget(_ name: String, _ subject: String) {
        _ = windows.withLock { $0.removeValue(forKey: Key(name: name, subject: subject)) }
    }

    private static func makeRoom(_ windows: inout [Key: Window], _ now: Timestamp, _ capacity: Int) {
        windows = windows.filter { $0.value.ends > now }
        guard windows.count >= capacity else { return }
        // A tenth at once, so that a flood of new keys does not sort them all each time.
        let first = windows.sorted { $0.value.ends < $1.value.ends }.prefix(max(capacity / 10, 1))
        for (key, _) in first { windows[key] = nil }
    }
}
