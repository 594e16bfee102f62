import CSQLite

/// The wait of a connection for locks: the busy time-out, with a retry every millisecond. SQLite's own sleeps up to 100
/// ms between two tries and so may never see the short gap between the commits of a busy process.
extension SQLiteSession {
    /// Sets the wait for locks until ``restoreLockWait()``.
    func setLockWait(milliseconds: Int32) {
        sqlite3_busy_handler(
            handle,
            { limit, looked in
                guard Int(looked) < Int(bitPattern: limit) else { return 0 }
                Deadline.pause()
                return 1
            }, UnsafeMutableRawPointer(bitPattern: Int(max(milliseconds, 1))))
    }

    /// Restores the wait that the connection was opened with.
    func restoreLockWait() {
        setLockWait(milliseconds: lockWait)
    }
}
