import KontorApp
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How far a command is, in one line on standard error that is written over: on a terminal alone.
final class TerminalProgress: Sendable {
    private struct State {
        var line = ""
        var lastShown: ContinuousClock.Instant?
        var isShown = false
    }

    private let state = Mutex(State())
    private let isOnTerminal: Bool

    /// Writes to the terminal where standard error is one; `besideOutput` is for commands whose output would be torn apart
    /// on the same terminal.
    init(besideOutput: Bool = false) {
        isOnTerminal = isatty(STDERR_FILENO) == 1 && !(besideOutput && isatty(STDOUT_FILENO) == 1)
    }

    /// How far the command was when it was ended, as a sentence.
    var ending: String {
        let line = state.withLock { $0.line }
        return line.isEmpty ? "Ended before anything was done." : "Ended at \(line)."
    }

    /// Tells how far `what` is: so many of `total`, which is nil where nobody knows it.
    func tell(_ what: String, _ done: Int, of total: Int?) {
        let line = ProgressLine.text(what, done, of: total)
        let shows = state.withLock { state -> Bool in
            state.line = line
            guard isOnTerminal else { return false }
            let now = ContinuousClock.now
            let isDue = state.lastShown.map { $0.duration(to: now) >= .milliseconds(100) } ?? true
            guard isDue || done == total else { return false }
            state.lastShown = now
            state.isShown = true
            return true
        }
        if shows { Self.say("\r\u{1B}[K" + line) }
    }

    /// Takes the line off the terminal.
    func end() {
        let wasShown = state.withLock { state -> Bool in
            defer { state.isShown = false }
            return state.isShown
        }
        if wasShown { Self.say("\r\u{1B}[K") }
    }

    /// Writes to standard error at once.
    static func say(_ text: String) {
        // What a terminal does not take is lost: it is a remark.
        _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
