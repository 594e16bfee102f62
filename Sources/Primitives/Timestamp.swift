/// A moment in UTC, counted in microseconds since 1970-01-01T00:00:00Z.
///
/// Stored as a 64-bit integer in both databases and written as RFC 3339 with `Z` at the edges.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since the Unix epoch; negative before it.
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The start of `second`, counted since the Unix epoch.
    public init(seconds second: Int64) {
        self.microseconds = second * 1_000_000
    }

    /// Whole seconds since the Unix epoch, rounded towards the past.
    public var seconds: Int64 {
        let quotient = microseconds / 1_000_000
        return microseconds % 1_000_000 < 0 ? quotient - 1 : quotient
    }

    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    /// The moment `span` after this one; a negative span goes back.
    public static func + (moment: Self, span: TimeSpan) -> Self {
        Self(microseconds: moment.microseconds + span.microseconds)
    }

    public static func - (moment: Self, span: TimeSpan) -> Self {
        Self(microseconds: moment.microseconds - span.microseconds)
    }

    /// The span from `right` to `left`.
    public static func - (left: Self, right: Self) -> TimeSpan {
        TimeSpan(microseconds: left.microseconds - right.microseconds)
    }
}

/// A length of time in microseconds.
public struct TimeSpan: Sendable, Hashable, Comparable {
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static func milliseconds(_ count: Int64) -> Self { Self(microseconds: count * 1_000) }
    public static func seconds(_ count: Int64) -> Self { Self(microseconds: count * 1_000_000) }
    public static func minutes(_ count: Int64) -> Self { .seconds(count * 60) }
    public static func hours(_ count: Int64) -> Self { .seconds(count * 3_600) }
    public static func days(_ count: Int64) -> Self { .seconds(count * 86_400) }

    /// Whole seconds, rounded up: what `Retry-After` wants.
    public var secondsRoundedUp: Int64 { (microseconds + 999_999) / 1_000_000 }

    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}
