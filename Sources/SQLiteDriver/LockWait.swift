import CSQLite

/// How long a connection waits for locks: the busy time-out, looking every millisecond. SQLite's own sleeps up to 100 ms
/// between two looks and so may never see the short gap between the commits of a busy process.
extension SQLiteSession {
    /// Waits so long for locks until ``restoreLockWait()``.
    func setLockWait(milliseconds: Int32) {
        sqlite3_busy_handler(
            handle,
            { limit, looked in
                guard Int(looked) < Int(bitPattern: limit) else { return 0 }
                Deadline.pause()
                return 1
            }, UnsafeMutableRawPointer(bitPattern: Int(max(milliseconds, 1))))
    }

    /// Waits as long as the connection was opened for.
    func restoreLockWait() {
        setLockWait(milliseconds: lockWait)
    }
}
