import Catalog
import Commerce
import Inventory
import Jobs
import Primitives
import SQL
import Web

/// Receives files and makes the shop agree with them, some rows at a time.
///
/// A job takes the next rows, applies them and enqueues its successor, all in one transaction: wherever it is
/// interrupted, each row counts once. A row that is refused undoes only itself.
public struct ImportService: Sendable {
    /// The most rows of a file.
    public static let maxRows = 100_000
    private static let rowsPerInsert = 500

    let sheets: Sheets
    let database: any Database
    let jobs: JobQueue
    let time: TimeSource

    /// Creates a service over the three tables; amounts in files are in `currency`, moments without an offset in
    /// `zone`. `events` is told of each change of a product.
    public init(
        database: any Database, jobs: JobQueue, time: TimeSource, stock: StockService, check: @escaping SellableCheck,
        currency: Currency, zone: TimeZoneRules, events: ProductEvents = .silent
    ) {
        let reader = InputReader(currency: currency, zone: zone)
        let writing = ProductWriting(time: time, stock: stock, events: events)
        sheets = Sheets(all: [
            CategorySheet(categories: CategoryService(time: time), reader: reader),
            ProductSheet(
                writing: writing, categories: CategoryService(time: time), orders: PictureOrders(jobs: jobs),
                reader: reader),
            StockSheet(stock: stock, check: check, reader: reader),
        ])
        self.database = database
        self.jobs = jobs
        self.time = time
    }

    /// Stores a file, a CSV or an Excel workbook, and starts its import; with `isDryRun` the rows are tried and nothing of
    /// it stays. `format` says whose table it is. `hold` locks the session of the sender.
    ///
    /// An older import of the same table ends; a dry run ends only dry runs. A task that is canceled while the rows are
    /// stored discards them.
    ///
    /// - Throws: `ValidationError` on `file` or `format`, `CancellationError`, `SQLError`, whatever `hold` throws.
    public func receive(
        _ kind: SheetKind, fileName: String, bytes: [UInt8], format: TableFormat = .auto, isDryRun: Bool,
        by user: UserID?,
        holding hold: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) async throws -> SheetImport {
        let file = try SheetFile(bytes, of: sheets(kind), as: format)
        let name = fileName.prefix(scalars: 255)
        let id = try await database.write { [time] tx in
            try hold(tx)
            return try ImportQueries.insert(
                kind, fileName: name, isDryRun: isDryRun, file, by: user, at: time.now, tx)
        }
        // Many short transactions: one of 100,000 rows would hold up everybody who wants to write.
        for rows in file.rows.chunked(by: Self.rowsPerInsert) {
            if Task.isCancelled {
                _ = try await database.write { try discard(id, in: $0) }
                throw CancellationError()
            }
            try await database.write { try ImportQueries.insert(Array(rows), of: id, $0) }
        }
        let failed = file.rows.count { !$0.outcome.isEmpty }
        return try await database.write { tx in
            try hold(tx)
            if try ImportQueries.start(id, rows: file.rows.count, failed: failed, tx) {
                // What is newer counts: an older file must not write over it later.
                for older in try ImportQueries.older(than: id, kind, isDryRun: isDryRun, tx) {
                    _ = try ImportQueries.end(older, as: .replaced, at: time.now, tx)
                }
                try jobs.enqueue(RunImport(id: id), uniqueKey: RunImport.key(id), in: tx)
            }
            guard let found = try ImportQueries.find(id, tx) else { throw NotFound() }
            return found
        }
    }

    /// Returns the imports of a table, the newest first.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func list(_ kind: SheetKind, _ page: PageRequest, _ connection: Connection) throws -> PageRows<SheetImport> {
        try PageRows(count: ImportQueries.count(kind, connection), page) {
            try ImportQueries.list(kind, page, connection)
        }
    }

    /// Returns an import of a table.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func find(_ id: ImportID, of kind: SheetKind, _ connection: Connection) throws -> SheetImport {
        guard let found = try ImportQueries.find(id, connection), found.kind == kind else { throw NotFound() }
        return found
    }

    /// Returns what became of the rows of an import, in the order of the file.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func rows(
        of id: ImportID, _ kind: SheetKind, outcome: String?, _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<ImportRow> {
        _ = try find(id, of: kind, connection)
        return try PageRows(count: ImportQueries.countRows(of: id, outcome: outcome, connection), page) {
            try ImportQueries.rows(of: id, outcome: outcome, page, connection)
        }
    }

    /// Does the next rows of an import and gives it as it then is; nil where there is none.
    ///
    /// - Throws: `SQLError` where the database fails, never for what a row holds.
    public func step(_ id: ImportID, in tx: Transaction) throws -> SheetImport? {
        guard let current = try ImportQueries.lock(id, tx) else { return nil }
        guard current.status == .running else { return current }
        do {
            try tx.savepoint { try advance(current, in: $0) }
        } catch  where !Self.mayPass(error) {
            _ = try ImportQueries.end(id, as: .failed, failure: Self.words(error), at: time.now, tx)
        }
        return try ImportQueries.find(id, tx)
    }

    /// Returns whether another attempt may succeed where this one failed: the database is busy, full or unreachable.
    private static func mayPass(_ error: any Error) -> Bool {
        switch (error as? SQLError)?.kind {
        case .conflict, .lockTimeout, .diskFull, .unavailable, .interrupted: true
        default: false
        }
    }

    private static func words(_ error: any Error) -> String { String(describing: error).prefix(scalars: 500) }

    /// Ends an import that is under way; the rows that are in stay.
    ///
    /// - Returns: the import with its progress.
    /// - Throws: `NotFound`, `ImportError.ended`, `SQLError`.
    public func discard(_ id: ImportID, in tx: Transaction) throws -> SheetImport {
        guard try ImportQueries.lock(id, tx) != nil else { throw NotFound() }
        guard try ImportQueries.end(id, as: .discarded, at: time.now, tx), let ended = try ImportQueries.find(id, tx)
        else { throw ImportError.ended }
        return ended
    }

    /// Applies the next rows and counts them.
    private func advance(_ current: SheetImport, in tx: Transaction) throws {
        let id = current.id
        let step = ImportStep(current, sheet: sheets(current.kind), tx)
        let rows = try ImportQueries.waiting(of: id, limit: ImportStep.rows, tx)
        let outcomes = try current.isDryRun ? step.rehearse(rows) : step.perform(rows)
        var counts = current.counts
        for (row, outcome) in zip(rows, outcomes) {
            try ImportQueries.recordOutcome(row.number, of: id, outcome, tx)
            counts.add(outcome)
        }
        let isFinished = rows.count < ImportStep.rows
        try ImportQueries.recordProgress(counts, finishedAt: isFinished ? time.now : nil, of: id, tx)
        if !isFinished { try jobs.enqueue(RunImport(id: id), uniqueKey: RunImport.key(id), in: tx) }
    }

    /// Passes every refused row of an import to `body`, in the order of the file.
    ///
    /// - Throws: `SQLError`.
    public func failures(of id: ImportID, _ connection: Connection, _ body: (ImportRow) -> Void) throws {
        var last = 0
        while true {
            let rows = try ImportQueries.failures(of: id, after: last, limit: Self.rowsPerInsert, connection)
            for row in rows { body(row) }
            guard let end = rows.last else { return }
            last = end.number
        }
    }

    /// Passes every line of a table to `line`, the header first, as of one moment.
    ///
    /// - Throws: `SQLError`, whatever `line` throws.
    public func export(
        _ kind: SheetKind, _ connection: Connection, line: (String) throws -> Void
    ) throws {
        let sheet = sheets(kind)
        try line(CSVText.line(sheet.columns.map { .plain($0) }))
        try sheet.export(connection) { try line(CSVText.line($0)) }
    }

    /// The handlers of the jobs that belong to imports.
    public var jobHandlers: [JobHandler] {
        [
            .transactional(RunImport.self) { run, tx in _ = try step(run.id, in: tx) },
            ImportUpkeep.handler(jobs: jobs, time: time),
        ]
    }
}

/// The payload of the job that applies the next rows of an import.
struct RunImport: JobPayload {
    static let kind = "exchange.import"
    /// Low: shoppers' own jobs go first.
    static let priority = JobPriority.low

    let id: ImportID

    /// Returns the key, which is free once the job starts, so that it can enqueue the next.
    static func key(_ id: ImportID) -> UniqueKey { UniqueKey("\(id)", until: .started) }
}

/// The payload of the job that deletes imports older than 30 days, and those whose upload broke off a day ago.
public struct ImportUpkeep: JobPayload {
    /// The stable name of this kind of job.
    public static let kind = "exchange.upkeep"
    /// Low: shoppers' own jobs go first.
    public static let priority = JobPriority.low
    static let age = TimeSpan.days(30)
    static let patience = TimeSpan.days(1)
    /// The most rows that one transaction deletes; the next job continues at once where there are more.
    private static let maxRows = 2_000

    /// The schedule: every ten minutes.
    public static let entry = CronEntry("exchange.upkeep", .every(.minutes(10)), ImportUpkeep())

    static func handler(jobs: JobQueue, time: TimeSource) -> JobHandler {
        .chunked(ImportUpkeep.self, of: entry, on: jobs) { _, tx in
            let found = try ImportQueries.outdated(old: time.now - age, begun: time.now - patience, tx)
            if let found { try ImportQueries.delete(found, limit: maxRows, tx) }
            return found != nil
        }
    }
}
