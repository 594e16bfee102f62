#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A POSIX mutex with one condition.
///
/// Invariant behind `@unchecked Sendable`: both live at fixed addresses from `init` to `deinit` and are touched by
/// pthread's functions alone.
@usableFromInline
final class ConditionLock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    @usableFromInline func lock() { pthread_mutex_lock(mutex) }

    @usableFromInline func unlock() { pthread_mutex_unlock(mutex) }

    /// Releases the lock until a wake-up, then takes it again.
    @usableFromInline func wait() { pthread_cond_wait(condition, mutex) }

    @usableFromInline
    func wake(_ wakes: Wakes) {
        switch wakes {
        case .none: break
        case .one: pthread_cond_signal(condition)
        case .all: pthread_cond_broadcast(condition)
        }
    }
}
