import Commerce
import Jobs
import Primitives
import SQL

/// Erases what the rooms know of a user whose account was deleted. It names nobody.
struct EraseUser: ExternalJobPayload {
    static let kind = "privacy.erase_user"
    static let timeLimit = TimeSpan.hours(1)

    let userID: UserID
}

/// Erases the orders of erased people that have come to their end.
struct EraseEndedOrders: ExternalJobPayload {
    static let kind = "privacy.erase_ended_orders"
    static let timeLimit = TimeSpan.hours(1)
}

extension PrivacyService {
    /// What the job runner does to forget people.
    public var erasureHandlers: [JobHandler] {
        [
            .external(EraseUser.self) { job, _ in try await erase(job.userID) },
            .external(EraseEndedOrders.self) { _, _ in
                try await eraseEndedOrders()
                return JobHandler.nothingToWrite
            },
        ]
    }

    /// Orders end in many ways: they are looked for every ten minutes.
    public static let cron = CronEntry("privacy.erase_ended_orders", .every(.minutes(10)), EraseEndedOrders())
}
