import Primitives

/// For how long the shop keeps what it no longer needs; nil is for ever (a setting of 0).
public struct RetentionSettings: Sendable {
    /// Jobs that gave up (`DEAD_JOB_DAYS`).
    public var deadJobs: TimeSpan?
    /// Messages in the built-in mailbox (`MAILBOX_DAYS`).
    public var mailbox: TimeSpan?
    /// Carts that became orders (`ORDERED_CART_DAYS`).
    public var orderedCarts: TimeSpan?
    /// What staff have done (`AUDIT_DAYS`).
    public var audit: TimeSpan?

    init(_ source: SettingsSource) throws {
        deadJobs = try Self.age(source, "DEAD_JOB_DAYS", or: 90)
        mailbox = try Self.age(source, "MAILBOX_DAYS", or: 90)
        orderedCarts = try Self.age(source, "ORDERED_CART_DAYS", or: 90)
        audit = try Self.age(source, "AUDIT_DAYS", or: 730)
    }

    private static func age(_ source: SettingsSource, _ key: String, or days: Int) throws -> TimeSpan? {
        let days = try source.number(key, or: days, in: 0...36_500)
        return days == 0 ? nil : .days(Int64(days))
    }
}
