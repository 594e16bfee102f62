import Commerce
import Primitives

/// The most requests in a window of time, from one address or by one user.
public struct RateLimit: Sendable, Hashable {
    /// The one whose requests are counted together.
    public enum Subject: Sendable, Hashable {
        /// The client's address, IPv6 addresses by their first 64 bits.
        case address
        /// The user, or the address of an anonymous caller.
        case user
    }

    /// The one whose requests are counted together.
    public let subject: Subject
    /// The most requests in one window.
    public let count: Int
    /// The length of a window, which begins with the first request.
    public let window: TimeSpan
    /// The name of what is limited: limits of one name count together.
    public let name: String

    /// Returns a limit of `count` requests in each `window` from one client address.
    public static func perAddress(_ count: Int, per window: TimeSpan, name: String) -> RateLimit {
        RateLimit(subject: .address, count: count, window: window, name: name)
    }

    /// Returns a limit of `count` requests in each `window` by one user.
    public static func perUser(_ count: Int, per window: TimeSpan, name: String) -> RateLimit {
        RateLimit(subject: .user, count: count, window: window, name: name)
    }
}

/// Too many requests: 429 in Django REST Framework's words.
public struct Throttled: BusinessError, Equatable {
    /// Always `.tooManyRequests`: 429.
    public let kind = ErrorKind.tooManyRequests
    /// Django REST Framework's code.
    public let code = "throttled"
    /// The time until the window ends.
    public let retryAfter: TimeSpan?

    /// Creates a refusal that advises to wait this long.
    public init(retryAfter wait: TimeSpan) {
        self.retryAfter = wait
    }

    /// Django REST Framework's words, with the wait in whole seconds, rounded up.
    public var message: String {
        let seconds = retryAfter?.secondsRoundedUp ?? 0
        return "Request was throttled. Expected available in \(seconds) second\(seconds == 1 ? "" : "s")."
    }
}
