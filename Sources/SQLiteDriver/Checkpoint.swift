import CSQLite

/// Moves the write-ahead log into the database when it has grown, after the callers are answered.
struct Checkpoint: Sendable {
    /// Pages in the log after the last commit.
    ///
    /// Invariant behind `nonisolated(unsafe)`: SQLite writes it inside COMMIT, `runIfDue` reads it; both on the
    /// writer's thread.
    private nonisolated(unsafe) let pages: UnsafeMutablePointer<Int32>
    private let limit: Int32

    init(every limit: Int) {
        self.limit = Int32(clamping: max(limit, 1))
        self.pages = .allocate(capacity: 1)
        self.pages.initialize(to: 0)
    }

    func watch(_ session: SQLiteSession) {
        sqlite3_wal_hook(
            session.handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, pages)
    }

    /// Passive: it waits for no reader, and what it cannot move yet comes with a later one.
    func runIfDue(_ session: SQLiteSession) {
        guard pages.pointee >= limit else { return }
        pages.pointee = 0
        sqlite3_wal_checkpoint_v2(session.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }

    /// Frees the counter, once the session is closed.
    func end() {
        pages.deallocate()
    }
}
