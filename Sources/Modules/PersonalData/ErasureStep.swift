import Primitives
import SQL

/// A step in which a room erases a person after their account has ended. It may be interrupted anywhere and is then
/// started again.
public struct ErasureStep: Sendable {
    /// The order of steps: all rooms' steps of one phase run before those of the next.
    public enum Phase: Int, Sendable, CaseIterable {
        /// Pending jobs, which would still write or send something.
        case jobs
        /// Messages that were sent.
        case messages
        /// Everything else.
        case history
    }

    /// The phase in which it runs.
    public let phase: Phase
    /// Runs the step; safe to repeat.
    public let run: @Sendable (ErasedUser, ErasureWork) async throws -> Void

    /// Makes a step of transactions; `erase` changes at most as many rows as it is given and returns how many it had.
    public static func rows(
        in phase: Phase = .history, _ erase: @escaping @Sendable (ErasedUser, Int, Transaction) throws -> Int
    ) -> ErasureStep {
        ErasureStep(phase: phase) { user, work in
            try await work.repeated { try erase(user, ErasureWork.chunk, $0) }
        }
    }

    /// Makes a step that reads outside of its transactions.
    public static func work(
        in phase: Phase = .history, _ run: @escaping @Sendable (ErasedUser, ErasureWork) async throws -> Void
    ) -> ErasureStep {
        ErasureStep(phase: phase, run: run)
    }
}

/// Runs the work of erasure steps in transactions of few rows each, so that other writers get their turn in between.
public struct ErasureWork: Sendable {
    /// The most rows that one transaction changes in one table.
    public static let chunk = 200

    /// The database to read from outside of the transactions.
    public let database: any Database

    /// Creates the work of one erasure, on `database`.
    public init(_ database: any Database) {
        self.database = database
    }

    /// Repeats a transaction, which returns how many rows it had, until that is less than ``chunk``.
    ///
    /// - Throws: `SQLError`, `CancellationError`, whatever `step` throws.
    public func repeated(_ step: @escaping @Sendable (Transaction) throws -> Int) async throws {
        while try await database.write(step) >= Self.chunk { try Task.checkCancellation() }
    }

    /// Runs one transaction for each ``chunk`` of `found`.
    ///
    /// - Throws: `SQLError`, whatever `step` throws.
    public func inChunks<Element: Sendable>(
        _ found: [Element], _ step: @escaping @Sendable ([Element], Transaction) throws -> Void
    ) async throws {
        for chunk in found.chunked(by: Self.chunk).map(Array.init) {
            try await database.write { try step(chunk, $0) }
        }
    }
}
