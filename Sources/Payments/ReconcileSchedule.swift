import Primitives

/// When reconciliation asks about a payment that stays open.
public struct ReconcileSchedule: Sendable, Hashable {
    /// The ages, in ascending order, at which it asks; once a day after the last.
    let ages: [TimeSpan]

    /// Asks at these ages of the payment, in seconds, and once a day after that.
    public init(ages: [Int] = [120, 600, 3_600]) { self.ages = ages.sorted().map { .seconds(Int64($0)) } }

    /// Returns the pause after so many questions.
    func pause(after count: Int) -> TimeSpan {
        guard ages.indices.contains(count) else { return .days(1) }
        let before = count == 0 ? 0 : ages[count - 1].microseconds
        return TimeSpan(microseconds: ages[count].microseconds - before)
    }
}
