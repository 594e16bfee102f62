import Merchandising
import SQL
import UnixSignals

/// An import from the command line, which SIGINT or SIGTERM ends in good order.
public struct ImportRun: Sendable {
    private let shop: Shop
    private let progress: ProgressListener

    /// Creates a run over an opened shop; `progress` is told how many rows are through.
    public init(_ shop: Shop, progress: @escaping ProgressListener = { _, _, _ in }) {
        self.shop = shop
        self.progress = progress
    }

    /// Imports a file row by row. A signal discards the rows that are still to come.
    ///
    /// - Returns: how far it came: finished, discarded, replaced by a newer one, or failed.
    /// - Throws: `ValidationError` on `file`, `CancellationError` where a signal came before the first row, `SQLError`.
    public func run(
        _ table: SheetKind, fileName: String, bytes: [UInt8], format: TableFormat = .auto, isDryRun: Bool
    ) async throws -> SheetImport {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: SheetImport?.self) { group in
            group.addTask { try await work(table, fileName, bytes, format, isDryRun) }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            while let ended = try await group.next() {
                group.cancelAll()
                if let ended { return ended }
            }
            throw CancellationError()
        }
    }

    private func work(
        _ table: SheetKind, _ fileName: String, _ bytes: [UInt8], _ format: TableFormat, _ isDryRun: Bool
    ) async throws -> SheetImport {
        let (imports, database) = (shop.imports, shop.installation.database)
        var current = try await imports.receive(
            table, fileName: fileName, bytes: bytes, format: format, isDryRun: isDryRun, by: nil)
        let id = current.id
        while current.status == .running {
            if Task.isCancelled { return try await database.write { try imports.discard(id, in: $0) } }
            guard let next = try await database.write({ try imports.step(id, in: $0) }) else { break }
            current = next
            progress(table.rawValue, current.counts.done, current.counts.rows)
        }
        return current
    }
}
