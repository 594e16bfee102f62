import Logging
import Synchronization

/// Keeps what is logged through it, at every level.
public final class LogLines: Sendable {
    /// A line that was logged.
    public struct Line: Sendable {
        /// The level.
        public let level: Logger.Level
        /// The message, without its metadata.
        public let message: String
        /// The metadata by name, the logger's own included.
        public let metadata: Logger.Metadata
    }

    private let lines = Mutex<[Line]>([])

    /// Creates an empty log.
    public init() {}

    /// The messages so far, without their metadata.
    public var messages: [String] { lines.withLock { $0.map(\.message) } }

    /// The lines so far, each a message and its metadata.
    public var all: [String] { lines.withLock { $0.map { "\($0.message) \($0.metadata)" } } }

    /// Returns the lines so far that have this message.
    public func named(_ message: String) -> [Line] { lines.withLock { $0.filter { $0.message == message } } }

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
            let line = Line(level: event.level, message: "\(event.message)", metadata: metadata)
            lines.lines.withLock { $0.append(line) }
        }
    }
}
