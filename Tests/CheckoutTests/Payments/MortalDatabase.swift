import AppHarness
import Primitives
import SQL
import Synchronization

/// The end of a process, as what it was about to do sees it.
struct ProcessDied: ExpectedFailure {}

/// Counts the steps of a process at which it touches the world, and ends it at one of them.
///
/// A step is a transaction, a read or a call of a gateway; it has a moment before its effect and one after it, when nobody hears of
/// it any more. Whatever is asked of a dead process fails.
final class Mortality: Sendable {
    private struct State {
        var moments = 0
        var diesAt: Int?
    }

    private let state = Mutex(State())

    init(diesAt moment: Int? = nil) { state.withLock { $0.diesAt = moment } }

    /// How many moments have passed.
    var moments: Int { state.withLock { $0.moments } }

    /// Whether the process has died.
    var isDead: Bool { state.withLock { state in state.diesAt.map { state.moments >= $0 } ?? false } }

    /// Lets a moment pass.
    ///
    /// - Throws: `ProcessDied` at the moment of death and ever after.
    func pass() throws {
        try state.withLock { state in
            if let end = state.diesAt, state.moments >= end { throw ProcessDied() }
            state.moments += 1
            if let end = state.diesAt, state.moments >= end { throw ProcessDied() }
        }
    }

    /// Runs a step: its effect stands where the process dies after it.
    func step<Value>(_ body: () async throws -> Value) async throws -> Value {
        try pass()
        let value = try await body()
        try pass()
        return value
    }
}

/// A database as a process sees it that may die.
final class MortalDatabase: Database {
    let database: any Database
    let mortality: Mortality

    init(_ database: any Database, _ mortality: Mortality) {
        self.database = database
        self.mortality = mortality
    }

    var dialect: Dialect { database.dialect }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        if mortality.isDead { throw ProcessDied() }
        return try await database.read(body)
    }

    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        if mortality.isDead { throw ProcessDied() }
        return try await database.report(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await mortality.step { try await database.write(body) }
    }

    func close() async {}
}
