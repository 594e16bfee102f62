import Logging
import Primitives

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The destination of log lines: standard error, as text on a terminal and as JSON lines otherwise.
public enum LogOutput {
    /// Sets up logging for the whole process; called once, before the first logger is made.
    public static func bootstrap(level: Logger.Level, json: Bool?) {
        let writesJSON = json ?? (isatty(STDERR_FILENO) == 0)
        LoggingSystem.bootstrap { label in
            var handler: any LogHandler =
                writesJSON ? JSONLogHandler(label: label) : StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }
}

/// One JSON object a line: `time`, `level`, `logger`, `message`, and the metadata by name. Numbers among them are numbers, so that
/// whoever reads the log can sum and compare them.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var members: [String: JSONValue] = [:]
        for (key, value) in metadata { members[key] = value.json }
        for (key, value) in event.metadata ?? [:] { members[key] = value.json }
        if let error = event.error { members["error"] = .string(String(describing: error)) }
        members["time"] = .string(TimeSource.machine.now.description)
        members["level"] = .string(event.level.rawValue)
        members["logger"] = .string(label)
        members["message"] = .string("\(event.message)")
        guard var line = try? JSONBytes.encode(JSONValue.object(members)) else { return }
        line.append(UInt8(ascii: "\n"))
        // One write a line, so that lines of several threads do not mix.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Logger.MetadataValue {
    var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .stringConvertible(let value): Self.json(value)
        case .array(let values): .array(values.map(\.json))
        case .dictionary(let values): .object(values.mapValues(\.json))
        }
    }

    private static func json(_ value: any CustomStringConvertible & Sendable) -> JSONValue {
        switch value {
        case let number as Int: .number(number.description)
        case let flag as Bool: .bool(flag)
        case let number as any BinaryInteger: .number(number.description)
        case let number as Double where number.isFinite: .number(number.description)
        default: .string(value.description)
        }
    }
}
