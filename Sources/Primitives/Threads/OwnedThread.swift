#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A thread outside Swift's shared pool, for calls that block and for work that keeps a processor busy.
public enum OwnedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a detached thread that ends when `body` returns; false where the system gives none.
    public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let retained = Unmanaged.passRetained(Body(body))
        #if canImport(Glibc)
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { OwnedThread.enter($0) }, retained.toOpaque())
        #else
        var started: pthread_t?
        let code = pthread_create(&started, nil, { OwnedThread.enter($0) }, retained.toOpaque())
        #endif
        guard code == 0 else {
            retained.release()
            return false
        }
        #if canImport(Glibc)
        pthread_detach(thread)
        #else
        started.map { _ = pthread_detach($0) }
        #endif
        return true
    }

    /// Lowers the priority of the calling thread, which must be one of ours: on Linux a thread has a niceness of its
    /// own (sched(7)), and 7 is a fifth of the usual weight.
    public static func giveWay() {
        #if canImport(Glibc)
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 7)
        #endif
    }

    /// Suspends the calling thread, which must be one of ours.
    public static func pause(_ span: TimeSpan) {
        let microseconds = max(span.microseconds, 0)
        var rest = timespec(
            tv_sec: Int(microseconds / 1_000_000), tv_nsec: Int(microseconds % 1_000_000 * 1_000))
        withUnsafeMutablePointer(to: &rest) { while nanosleep($0, $0) != 0, errno == EINTR {} }
    }

    private static func enter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
}
