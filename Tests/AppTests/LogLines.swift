import Logging
import Synchronization

/// The log lines of a test.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var handler: any LogHandler { LineHandler(lines: self) }

    /// How many lines begin with `words`.
    func count(of words: String) -> Int { lines.withLock { $0.count { $0.hasPrefix(words) } } }

    fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct LineHandler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.add("\(event.message) \(event.metadata ?? [:])") }
}
