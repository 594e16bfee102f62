import Dispatch

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Says what is done and what follows where Ctrl-C or SIGTERM ends a command that may be killed at any moment.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// Has a signal print `words` to standard error and end the process with 130, from now on until ``end()``.
    init(_ words: @escaping @Sendable () -> String) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                TerminalProgress.say("\n" + words() + "\n")
                _exit(130)
            }
            source.resume()
            return source
        }
    }

    /// Leaves signals to whoever asks for them next; until then they wait.
    ///
    /// They are not set back: Dispatch takes a signal from the system once, and would not hear it again after that.
    func end() {
        for source in sources { source.cancel() }
    }
}
