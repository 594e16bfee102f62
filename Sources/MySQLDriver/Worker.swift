import Logging
import Primitives
import SQL

/// The state of one thread of a pool: its connection, opened when it is first needed, and the ways to run a closure on
/// it.
final class Worker {
    private let configuration: MySQLConfiguration
    private let availability: Availability
    private let stall: Stall
    private let random: RandomSource
    private let logger: Logger
    private var session: MySQLSession?

    /// The time by which the client library's time-outs may come early.
    private static let imprecision = Duration.milliseconds(100)

    init(
        _ configuration: MySQLConfiguration, _ availability: Availability, _ stall: Stall, random: RandomSource,
        logger: Logger
    ) {
        self.configuration = configuration
        self.availability = availability
        self.stall = stall
        self.random = random
        self.logger = logger
    }

    /// Runs `body` outside a transaction: each statement sees what is committed when it begins.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func read<Value>(meter: StatementMeter?, _ body: (Connection) throws -> Value) throws -> Value {
        try repeating { session in
            let value = try body(Connection(session, dialect: .mysql, meter: meter))
            if let doom = session.doom { throw doom }
            return value
        }
    }

    /// Runs `body` in a transaction, then the work registered for its end, commits it, and runs the actions registered
    /// for the commit.
    ///
    /// - Throws: `SQLError`, or whatever `body` throws.
    func write<Value>(meter: StatementMeter?, _ body: (Transaction) throws -> Value) throws -> Value {
        try repeating { session in
            try session.begin()
            let transaction = Transaction(session, dialect: .mysql, meter: meter)
            let value = try body(transaction)
            try transaction.runLastWork()
            try session.commit()
            for action in transaction.takeCommitActions() { action() }
            return value
        }
    }

    /// Runs `attempt` until it succeeds, fails for good or has used up its retries. The effects of an attempt that
    /// failed have been rolled back when the next begins.
    private func repeating<Value>(_ attempt: (MySQLSession) throws -> Value) throws -> Value {
        var retries = Retries(random)
        while true {
            let session = try opened()
            let start = ContinuousClock.now
            do {
                let value = try attempt(session)
                availability.answer()
                stall.end()
                return value
            } catch {
                // Read before the rollback, which forgets it.
                let doom = session.doom ?? Self.plea(error)
                let isStalled = session.isLost && isSilence(since: start)
                session.endTransaction()
                if session.isLost { self.session = nil }
                if let doom, isStalled { giveUp(doom) }
                guard let doom, !session.isOutcomeUnknown else { throw error }
                if isStalled { throw doom.duringOutage }
                guard let pause = retries.pause(after: doom) else { throw given(up: doom) }
                logger.debug("running a closure again", metadata: ["cause": "\(doom)"])
                OwnedThread.pause(pause)
            }
        }
    }

    /// Returns the conflict that a closure itself found and threw: what it read was changed before it wrote.
    private static func plea(_ error: any Error) -> SQLError? {
        guard let error = error as? SQLError, error.kind == .conflict else { return nil }
        return error
    }

    /// Returns whether an attempt that began at `start` lasted as long as the time-out for silence.
    private func isSilence(since start: ContinuousClock.Instant) -> Bool {
        ContinuousClock.now - start >= .seconds(configuration.networkTimeout) - Self.imprecision
    }

    private func opened() throws -> MySQLSession {
        if let refusal = stall.refusal { throw refusal }
        if let session { return session }
        let start = ContinuousClock.now
        do {
            let opened = try MySQLSession(configuration)
            session = opened
            return opened
        } catch {
            let isStalled = ContinuousClock.now - start >= .seconds(configuration.connectTimeout) - Self.imprecision
            if isStalled { giveUp(error) } else { availability.fail(error) }
            throw error.duringOutage
        }
    }

    /// Reports a server that was silent until the time-out.
    private func giveUp(_ cause: SQLError) {
        stall.notice()
        availability.fail(cause)
    }

    private func given(up doom: SQLError) -> SQLError {
        let level = doom.kind == .unavailable ? Logger.Level.debug : .warning
        logger.log(
            level: level, "a closure was given up", metadata: ["cause": "\(doom)"])
        return doom
    }
}
