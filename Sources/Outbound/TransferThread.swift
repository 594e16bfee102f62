import CCurl
import Glibc
import Primitives

/// One thread with one libcurl handle, taking jobs from the queue until it is closed.
enum TransferThread {
    /// Whether libcurl's global state could be set up; done once, before the first thread.
    static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// Starts a thread.
    ///
    /// - Throws: `OutboundError` of kind `.unavailable`.
    static func start(on queue: Monitor<TransferQueue>) throws {
        guard OwnedThread.start({ work(on: queue) }) else {
            throw OutboundError(.unavailable, "the system gives no thread")
        }
    }

    private static func work(on queue: Monitor<TransferQueue>) {
        blockBrokenPipes()
        let handle = curl_easy_init()
        defer { curl_easy_cleanup(handle) }
        while case .job(let job) = queue.wait(until: { $0.next() }) {
            curl_easy_reset(handle)
            job.perform(Transfer(handle: handle, ticket: job.ticket))
        }
    }

    /// Blocks SIGPIPE: a write to a closed connection must be an error, not the end of the process; libcurl leaves that
    /// to us.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
