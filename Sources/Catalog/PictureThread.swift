import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One thread for pictures, outside Swift's shared pool: decoding a photograph takes tens of milliseconds and its pixels
/// much memory, so they are read one after another.
///
/// The thread is started by the first picture and ends when none waits.
final class PictureThread: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var isRunning = false
    }

    /// How many pictures may wait.
    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int = 32) {
        self.limit = limit
    }

    /// Runs `work` on the thread.
    ///
    /// - Throws: `CatalogError.tooManyUploads` where too much waits or the system gives no thread; whatever `work` throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = submit { continuation.resume(with: Result { try work() }) }
            if !isTaken { continuation.resume(throwing: CatalogError.tooManyUploads) }
        }
    }

    private func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.waiting.count < limit else { return false }
            if !state.isRunning {
                guard OwnedThread.start({ self.drain() }) else { return false }
                state.isRunning = true
            }
            state.waiting.append(job)
            return true
        }
    }

    private func drain() {
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}

/// A thread of our own, started by a C function.
private enum OwnedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a detached thread that ends when `body` returns; false where the system gives none.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let retained = Unmanaged.passRetained(Body(body))
        #if canImport(Glibc)
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { Self.enter($0) }, retained.toOpaque())
        #else
        var started: pthread_t?
        let code = pthread_create(&started, nil, { Self.enter($0) }, retained.toOpaque())
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

    private static func enter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
}
