/// A moment in UTC, counted in microseconds since 1970-01-01T00:00:00Z.
///
/// Stored as a 64-bit integer in both databases and written as RFC 3339 with `Z` at the edges.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since the Unix epoch; negative before it.
    public var microseconds: Int64

    /// Creates the moment `microseconds` after the Unix epoch.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates the start of `second`, counted since the Unix epoch.
    public init(seconds second: Int64) {
        self.microseconds = second * 1_000_000
    }

    /// Whole seconds since the Unix epoch, rounded towards the past.
    public var seconds: Int64 {
        let quotient = microseconds / 1_000_000
        return microseconds % 1_000_000 < 0 ? quotient - 1 : quotient
    }

    /// Compares by time: earlier is less.
    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    /// Returns the moment `span` after this one; a negative span goes back.
    public static func + (moment: Self, span: TimeSpan) -> Self {
        Self(microseconds: moment.microseconds + span.microseconds)
    }

    /// Returns the moment `span` before this one; a negative span goes forward.
    public static func - (moment: Self, span: TimeSpan) -> Self {
        Self(microseconds: moment.microseconds - span.microseconds)
    }

    /// Returns the span from `right` to `left`.
    public static func - (left: Self, right: Self) -> TimeSpan {
        TimeSpan(microseconds: left.microseconds - right.microseconds)
    }
}

/// A length of time in microseconds.
public struct TimeSpan: Sendable, Hashable, Comparable {
    /// The length; negative where it goes back in time.
    public var microseconds: Int64

    /// Creates a span of this many microseconds.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Returns a span of `count` thousandths of a second.
    public static func milliseconds(_ count: Int64) -> Self { Self(microseconds: count * 1_000) }
    /// Returns a span of `count` seconds.
    public static func seconds(_ count: Int64) -> Self { Self(microseconds: count * 1_000_000) }
    /// Returns a span of `count` times 60 seconds.
    public static func minutes(_ count: Int64) -> Self { .seconds(count * 60) }
    /// Returns a span of `count` times 3,600 seconds.
    public static func hours(_ count: Int64) -> Self { .seconds(count * 3_600) }
    /// Returns a span of `count` times 86,400 seconds, whatever a calendar's days last.
    public static func days(_ count: Int64) -> Self { .seconds(count * 86_400) }

    /// Whole seconds, rounded up, as `Retry-After` needs them.
    public var secondsRoundedUp: Int64 { (microseconds + 999_999) / 1_000_000 }

    /// Compares by length; a negative span is less than none.
    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }
}
