import Commerce
import Primitives

/// At most so many requests in a stretch of time, from one address or one user.
public struct RateLimit: Sendable, Hashable {
    public enum Subject: Sendable, Hashable {
        case address
        /// The user, or the address of an anonymous caller.
        case user
    }

    public let subject: Subject
    public let count: Int
    public let window: TimeSpan
    /// What is limited: limits of one name count together.
    public let name: String

    /// At most `count` in each `window` from one client address.
    public static func perAddress(_ count: Int, per window: TimeSpan, name: String) -> RateLimit {
        RateLimit(subject: .address, count: count, window: window, name: name)
    }

    /// At most `count` in each `window` by one user.
    public static func perUser(_ count: Int, per window: TimeSpan, name: String) -> RateLimit {
        RateLimit(subject: .user, count: count, window: window, name: name)
    }
}

/// Too many requests: 429 in Django REST Framework's words.
public struct Throttled: BusinessError, Equatable {
    public let kind = ErrorKind.tooManyRequests
    public let code = "throttled"
    /// How long to wait before another try.
    public let retryAfter: TimeSpan?

    public init(retryAfter wait: TimeSpan) {
        self.retryAfter = wait
    }

    public var message: String {
        let seconds = retryAfter?.secondsRoundedUp ?? 0
        return "Request was throttled. Expected available in \(seconds) second\(seconds == 1 ? "" : "s")."
    }
}
