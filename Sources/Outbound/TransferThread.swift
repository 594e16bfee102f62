import CCurl
import Glibc

/// One thread with one libcurl handle, taking jobs from the line until it is closed.
enum TransferThread {
    /// Whether libcurl's global state could be set up; done once, before the first thread.
    static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    private final class Start: Sendable {
        let queue: Monitor<TransferQueue>
        init(_ queue: Monitor<TransferQueue>) { self.queue = queue }
    }

    /// - Throws: `OutboundError` of kind `.unavailable`.
    static func start(on queue: Monitor<TransferQueue>) throws {
        let start = Unmanaged.passRetained(Start(queue))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { TransferThread.enter($0) }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw OutboundError(.unavailable, "the system gives no thread (\(code))")
        }
        pthread_detach(thread)
    }

    private static func enter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        blockBrokenPipes()
        let handle = curl_easy_init()
        defer { curl_easy_cleanup(handle) }
        while case .job(let job) = start.queue.wait(until: { $0.next() }) {
            curl_easy_reset(handle)
            job.perform(Transfer(handle: handle, ticket: job.ticket))
        }
        return nil
    }

    /// A write to a connection that is gone must be an error, not the process's end; libcurl leaves that to us.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
