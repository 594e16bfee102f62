#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Threads that each run `body` with their number, from 0.
final class OwnThreads {
    private final class Start {
        let index: Int
        let body: @Sendable (Int) -> Void

        init(_ index: Int, _ body: @escaping @Sendable (Int) -> Void) {
            self.index = index
            self.body = body
        }
    }

    private var threads: [pthread_t] = []

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        for index in 0..<count {
            var thread = pthread_t()
            let start = Unmanaged.passRetained(Start(index, body)).toOpaque()
            let result = pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
                    start.body(start.index)
                    return nil
                }, start)
            if result == 0 { threads.append(thread) }
        }
    }

    /// Waits until every thread has ended.
    func join() {
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }
}

/// Lets threads go on together once the last has come.
///
/// `@unchecked Sendable`: the barrier is made before the threads and is only waited on.
final class Barrier: @unchecked Sendable {
    private let barrier = UnsafeMutablePointer<pthread_barrier_t>.allocate(capacity: 1)

    init(_ count: Int) {
        pthread_barrier_init(barrier, nil, UInt32(count))
    }

    deinit {
        pthread_barrier_destroy(barrier)
        barrier.deallocate()
    }

    func wait() {
        pthread_barrier_wait(barrier)
    }
}
