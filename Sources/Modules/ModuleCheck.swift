import SQL

/// A finding that `kontor check` prints for an operator.
public struct CheckFinding: Sendable, Equatable {
    /// The setting or table at fault.
    public let key: String
    /// The advice, as the rest of a sentence that begins with the key.
    public let advice: String
    /// Whether `kontor check` fails because of it; otherwise it is a warning.
    public let isError: Bool
    /// Whether it is printed for every shop, not only with `--deploy`.
    public let isForEveryShop: Bool

    /// Creates a warning for shops on the open network, unless a flag says otherwise.
    public init(_ key: String, _ advice: String, isError: Bool = false, isForEveryShop: Bool = false) {
        self.key = key
        self.advice = advice
        self.isError = isError
        self.isForEveryShop = isForEveryShop
    }
}

/// A check of the database that `kontor check` runs; returns its findings, none where all is well.
public typealias ModuleCheck = @Sendable (any Database) async throws -> [CheckFinding]
