import SQL

/// Something that `kontor check` tells an operator.
public struct CheckFinding: Sendable, Equatable {
    /// The setting or table that it is about.
    public let key: String
    public let advice: String
    /// Whether the shop should not be opened like this.
    public let isError: Bool
    /// Whether it is told wherever the shop stands.
    public let isForEveryShop: Bool

    public init(_ key: String, _ advice: String, isError: Bool = false, isForEveryShop: Bool = false) {
        self.key = key
        self.advice = advice
        self.isError = isError
        self.isForEveryShop = isForEveryShop
    }
}

/// What a room has `kontor check` look at in the database.
public typealias ModuleCheck = @Sendable (any Database) async throws -> [CheckFinding]
