#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Threads of our own, on which the client library may block.
enum WorkerThread {
    /// Starts a detached thread that runs `body` and ends; false where the system gives no more threads.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(Box(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let failure = pthread_create(&thread, &attributes, enter, box.toOpaque())
        if failure != 0 { box.release() }
        return failure == 0
    }

    /// Suspends the calling thread, which must be one of ours.
    static func pause(microseconds: Int) {
        var rest = timespec(tv_sec: microseconds / 1_000_000, tv_nsec: microseconds % 1_000_000 * 1_000)
        while nanosleep(&rest, &rest) != 0, errno == EINTR {}
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func enter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
    }
}
