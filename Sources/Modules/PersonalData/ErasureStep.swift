import Primitives
import SQL

/// Something that a room does to forget a person after their account has ended. It may be broken off anywhere and begun anew.
public struct ErasureStep: Sendable {
    /// When a step is done: all rooms' steps of one phase before those of the next.
    public enum Phase: Int, Sendable, CaseIterable {
        /// What would still write or send something.
        case jobs
        /// What was sent.
        case messages
        /// Everything else.
        case history
    }

    public let phase: Phase
    public let run: @Sendable (ErasedUser, ErasureWork) async throws -> Void

    /// A step of transactions that change at most `limit` rows each and say how many they had.
    public static func rows(
        in phase: Phase = .history, _ erase: @escaping @Sendable (ErasedUser, Int, Transaction) throws -> Int
    ) -> ErasureStep {
        ErasureStep(phase: phase) { user, work in
            try await work.repeated { try erase(user, ErasureWork.chunk, $0) }
        }
    }

    /// A step that reads outside of its transactions.
    public static func work(
        in phase: Phase = .history, _ run: @escaping @Sendable (ErasedUser, ErasureWork) async throws -> Void
    ) -> ErasureStep {
        ErasureStep(phase: phase, run: run)
    }
}

/// What steps of an erasure are done with: transactions of few rows each, so that everybody else's go between them.
public struct ErasureWork: Sendable {
    /// The most rows that one transaction changes in one table.
    public static let chunk = 200

    public let database: any Database

    public init(_ database: any Database) {
        self.database = database
    }

    /// Runs a transaction that says how many rows it had until it has less than a chunk.
    ///
    /// - Throws: `SQLError`, `CancellationError`.
    public func repeated(_ step: @escaping @Sendable (Transaction) throws -> Int) async throws {
        while try await database.write(step) >= Self.chunk { try Task.checkCancellation() }
    }

    /// Runs a transaction for each chunk of what was found.
    ///
    /// - Throws: `SQLError`.
    public func inChunks<Element: Sendable>(
        _ found: [Element], _ step: @escaping @Sendable ([Element], Transaction) throws -> Void
    ) async throws {
        for chunk in found.chunked(by: Self.chunk).map(Array.init) {
            try await database.write { try step(chunk, $0) }
        }
    }
}
