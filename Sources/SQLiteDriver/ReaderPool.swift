import SQL
import Synchronization

/// The connections that short reads borrow on the caller's own thread.
final class ReaderPool: Sendable {
    private struct State {
        var idle: [SQLiteSession] = []
        var lent = 0
        var isClosing = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let opening: SQLiteOpening
    private let limit: Int

    init(_ opening: SQLiteOpening) {
        self.opening = opening
        self.limit = max(opening.configuration.readers, 1)
    }

    /// Lends a connection to the caller until it is given back; nil where all are lent.
    ///
    /// - Throws: `SQLError` of kind `.unavailable` after `close`, or the reason why a new connection could not be
    ///   opened.
    func borrow() throws(SQLError) -> SQLiteSession? {
        let (isClosing, mayOpen, idle) = state.withLock { state -> (Bool, Bool, SQLiteSession?) in
            if state.isClosing { return (true, false, nil) }
            guard state.lent < limit else { return (false, false, nil) }
            state.lent += 1
            return (false, true, state.idle.popLast())
        }
        if isClosing { throw .closed }
        if let idle { return idle }
        guard mayOpen else { return nil }
        do {
            return try opening.reader()
        } catch {
            takeBack(nil)
            throw error
        }
    }

    /// Takes a borrowed connection back; one that could not end its transaction is closed.
    func release(_ session: SQLiteSession) {
        takeBack(session.isInTransaction ? nil : session)
    }

    /// Returns once every borrowed connection is back and all are closed.
    func close() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.isClosing = true
                state.closers.append(continuation)
            }
            finishIfClosing()
        }
    }

    private func takeBack(_ session: SQLiteSession?) {
        let isClosing = state.withLock { state in
            state.lent -= 1
            if let session { state.idle.append(session) }
            return state.isClosing
        }
        if isClosing { finishIfClosing() }
    }

    private func finishIfClosing() {
        let (sessions, closers) = state.withLock { state -> ([SQLiteSession], [CheckedContinuation<Void, Never>]) in
            guard state.isClosing, state.lent == 0 else { return ([], []) }
            defer { (state.idle, state.closers) = ([], []) }
            return (state.idle, state.closers)
        }
        for session in sessions { session.close() }
        for closer in closers { closer.resume() }
    }
}
