import SQL
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The right to move a file's write-ahead log into it, which one process holds at a time: an advisory lock on an empty
/// file beside it. The system takes it back from a process that is killed.
final class CheckpointLock: Sendable {
    private let descriptor: Mutex<Int32?>

    private init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Takes the lock that `configuration` asks for; nil where it asks for none, or where another process holds one
    /// that is not required.
    ///
    /// - Throws: `SQLError` of kind `.lockTimeout` where another process holds it, `.unavailable` where the file system
    ///   has no such locks.
    static func take(_ path: String, _ configuration: SQLiteConfiguration) throws(SQLError) -> CheckpointLock? {
        switch configuration.checkpoints {
        case .never: return nil
        case .whereFree: return try tryOnce(path)
        case .exclusive:
            let deadline = Deadline(after: configuration.lockTimeout)
            while true {
                if let lock = try tryOnce(path) { return lock }
                guard !deadline.isOver else {
                    throw SQLError(.lockTimeout, message: "another process serves or changes \(path)")
                }
                Deadline.pause()
            }
        }
    }

    /// Releases the lock for another process.
    func release() {
        let held = descriptor.withLock { held in
            defer { held = nil }
            return held
        }
        if let held { close(held) }
    }

    private static func tryOnce(_ path: String) throws(SQLError) -> CheckpointLock? {
        let name = path + "-lock"
        let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(name) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return CheckpointLock(descriptor) }
        let isTaken = errno == EWOULDBLOCK
        let failed = failure(name)
        close(descriptor)
        if isTaken { return nil }
        throw failed
    }

    private static func failure(_ name: String) -> SQLError {
        SQLError(.unavailable, code: Int(errno), message: "\(name): \(String(cString: strerror(errno)))")
    }
}
