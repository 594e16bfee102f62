import Logging
import Synchronization

/// Keeps what is logged through it, at every level.
public final class LogLines: Sendable {
    private struct Line {
        let message: String
        let metadata: Logger.Metadata
    }

    private let lines = Mutex<[Line]>([])

    /// Creates an empty log.
    public init() {}

    /// The messages so far, without their metadata.
    public var messages: [String] { lines.withLock { $0.map(\.message) } }

    /// The lines so far, each a message and its metadata.
    public var all: [String] { lines.withLock { $0.map { "\($0.message) \($0.metadata)" } } }

    /// A logger that writes here and nowhere else.
    public var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = metadata.merging(event.metadata ?? [:]) { _, own in own }
            lines.lines.withLock { $0.append(Line(message: "\(event.message)", metadata: metadata)) }
        }
    }
}
