import Documents
import Primitives

extension CommercialDocument.Moment {
    /// Creates the time of a moment after 1970.
    public init(_ moment: Timestamp) {
        let day = CivilDate(secondsSinceEpoch: moment.seconds)
        let second = Int(moment.seconds % 86_400)
        self.init(
            year: day.year, month: day.month, day: day.day, hour: second / 3_600, minute: second / 60 % 60,
            second: second % 60)
    }
}
