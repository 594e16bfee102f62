import Primitives

/// When an attempt that failed is made again: after 5 seconds, 1, 5 and 30 minutes, 2, 5 and 10 hours, then every 12
/// hours, up to three days.
enum RetrySchedule {
    /// The time after which nothing more is tried, from the beginning or from a replay on.
    static let limit = TimeSpan.days(3)
    /// The time for which a receiver may fail before it is switched off.
    static let patience = TimeSpan.days(5)

    private static let pauses: [TimeSpan] = [
        .seconds(5), .minutes(1), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10),
    ]

    /// Returns the pause after the failure numbered `failure`, from 1.
    static func pause(afterFailure failure: Int) -> TimeSpan {
        failure <= pauses.count ? pauses[max(failure, 1) - 1] : .hours(12)
    }
}
