import Logging
import Synchronization

/// Keeps what is logged through it.
public final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    public init() {}

    /// The messages so far, without their metadata.
    public var messages: [String] { lines.withLock { $0 } }

    public var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.lines.withLock { $0.append("\(event.message)") }
        }
    }
}
