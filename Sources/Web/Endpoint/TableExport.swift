import Commerce
import HTTPTypes
import Primitives
import SQL
import Synchronization

/// Exports of long tables for staff, one at a time and on a thread for reports, so that no customer waits for them.
public struct TableExport: Sendable {
    private let database: any Database
    private let line: ExportLine

    /// Exports from `database`; `line` is shared by all exports of a shop.
    public init(_ database: any Database, line: ExportLine = ExportLine()) {
        self.database = database
        self.line = line
    }

    /// Returns what `body` writes, line by line, as the CSV file `name`; on SQLite it sees one state of the database. A
    /// file that is `marked` begins with a byte order mark, by which Excel knows UTF-8.
    ///
    /// - Throws: `ExportBusy` where too many wait already, `SQLError`, whatever `body` throws.
    public func csv(
        _ name: String, marked: Bool = false,
        _ body: @escaping @Sendable (Connection, _ line: (String) -> Void) throws -> Void
    ) async throws -> Reply<BlockBody> {
        let blocks = try await line.run {
            try await database.report { connection in
                var writer = BlockWriter()
                if marked { writer.write("\u{FEFF}") }
                try body(connection) { writer.write($0) }
                return writer.finish()
            }
        }
        return Reply(
            BlockBody(contentType: "text/csv; charset=utf-8", blocks: blocks),
            headers: [.contentDisposition: "attachment; filename=\"\(name)\""])
    }
}

/// The query parameters of an export.
public struct ExportInput: Input {
    /// Whether the file begins with a byte order mark.
    public let isMarked: Bool

    /// Reads `bom`, which is false where it is left out.
    public init(_ fields: Fields) {
        isMarked = fields.boolean("bom", .optional(false))
    }
}

/// A refusal: as many exports wait as may.
public struct ExportBusy: BusinessError {
    /// Always `.unavailable`: 503.
    public var kind: ErrorKind { .unavailable }
    /// The same code for every export.
    public var code: String { "too_many_exports" }
    /// One sentence for people.
    public var message: String { "Other exports are being made. Try again in a moment." }
    /// Ten seconds.
    public var retryAfter: TimeSpan? { .seconds(10) }
}

/// Lets one export run at a time; a few wait, first come first served.
public final class ExportLine: Sendable {
    private struct State {
        var isBusy = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let places: Int

    /// Creates a line in which `places` exports may wait beside the one that runs.
    public init(places: Int = 4) {
        self.places = places
    }

    /// Runs `work` when its turn comes.
    ///
    /// - Throws: `ExportBusy`, whatever `work` throws.
    func run<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await work()
    }

    /// The number of exports that wait.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private func enter() async throws {
        let isFull = state.withLock { $0.isBusy && $0.waiting.count >= places }
        if isFull { throw ExportBusy() }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isBusy { state.waiting.append(continuation) }
                defer { state.isBusy = true }
                return !state.isBusy
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.isBusy = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
