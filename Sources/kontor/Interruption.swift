import Dispatch

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Says what is done and what follows where Ctrl-C or SIGTERM ends a command that may be killed at any moment.
final class Interruption {
    private let sources: [any DispatchSourceSignal]
    private let ended = DispatchGroup()

    /// Has a signal print `words` to standard error and end the process with 130, from now on until ``end()``.
    init(_ words: @escaping @Sendable () -> String) {
        sources = [SIGINT, SIGTERM].map { [ended] number in
            ended.enter()
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                TerminalProgress.say("\n" + words() + "\n")
                _exit(130)
            }
            source.setCancelHandler { ended.leave() }
            source.resume()
            return source
        }
    }

    /// Leaves signals to the system again, or to whoever asks for them next.
    func end() {
        for source in sources { source.cancel() }
        // Dispatch sets a signal back once the source is gone, which would undo what is set before.
        ended.wait()
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
