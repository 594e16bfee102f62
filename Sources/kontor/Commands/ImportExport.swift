import ArgumentParser
import Commerce
import Foundation
import KontorApp
import Merchandising
import SQL
import SQLiteDriver

/// Writes a table of the shop as CSV.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print categories, products, stock, orders or customers as CSV.",
        discussion: """
            The rows are those of one moment. Categories, products and stock come in an order in which an empty shop can take \
            them.
            """)

    @Argument(help: "One of \(ExportTable.allCases.map(\.rawValue).joined(separator: ", ")).")
    var table: ExportTable

    @Flag(help: "Begin with a byte order mark, by which Excel knows UTF-8.")
    var bom = false

    @Flag(help: "Give each line of an order a row of its own.")
    var lines = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard !lines || table == .orders else {
            throw ArgumentParser.ValidationError("Only orders have lines: leave --lines out.")
        }
    }

    func run() async throws {
        let progress = TerminalProgress(besideOutput: true)
        let interruption = Interruption {
            "\(progress.ending) What was printed is a part of the table: export it again."
        }
        defer { interruption.end() }
        try await data.withInstallation(checkpoints: .whereFree) { [table, bom, lines] installation in
            let shop = try await Shop(installation)
            try await shop.identify()
            let output = FileHandle.standardOutput
            if bom { try output.write(contentsOf: Data("\u{FEFF}".utf8)) }
            try await installation.database.read { connection in
                var rows = -1
                try table.export(from: shop, connection, byLine: lines) {
                    try output.write(contentsOf: Data($0.utf8))
                    rows += 1
                    progress.tell(table.rawValue, rows, of: nil)
                }
            }
        }
        progress.end()
    }
}

extension SheetKind: ExpressibleByArgument {}

extension TableFormat: ExpressibleByArgument {}

/// Has the shop agree with a CSV or an Excel workbook.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take categories, products or stock in from CSV or .xlsx.",
        discussion: """
            Exports of products of Shopify, WooCommerce and Magento are known by their first row. Prints every row that is \
            refused, with its line, and exits with 1 where there is one; the others are in. Ctrl-C ends an import and says what is in; one whose process was killed goes on when the server runs, unless it is \
            discarded by its number or a newer one of the same table takes its place.
            """)

    @Argument(help: "One of \(SheetKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var table: SheetKind?

    @Argument(help: "The file; - is standard input.")
    var file: String?

    @Option(help: "Whose table it is: \(TableFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = TableFormat.auto

    @Flag(help: "Try every row and keep nothing of it.")
    var dryRun = false

    @Option(help: "End the import with this number; the rows that are in stay.")
    var discard: Int64?

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard discard != nil || (table != nil && file != nil) else {
            throw ArgumentParser.ValidationError("A table and a file are needed, or --discard with a number.")
        }
    }

    func run() async throws {
        if let discard { return try await end(ImportID(discard)) }
        guard let table, let file else { return }
        let bytes = try contents(of: file)
        let progress = TerminalProgress()
        let done = try await data.withInstallation(checkpoints: .whereFree) { [dryRun, format] installation in
            let shop = try await Shop(installation)
            try await shop.identify()
            let run = ImportRun(shop) { progress.tell($0, $1, of: $2) }
            let done: SheetImport
            do {
                done = try await run.run(table, fileName: file, bytes: bytes, format: format, isDryRun: dryRun)
            } catch is CancellationError {
                print("Ended before the first row: nothing is in. Run the command again.")
                throw ExitCode(130)
            }
            progress.end()
            let imports = shop.imports
            try await installation.database.read { connection in
                try imports.failures(of: done.id, connection) { print("line \($0.line): \($0.reasons)") }
            }
            return done
        }
        if !done.leftOut.isEmpty { print("Not taken over from \(done.format.title): \(done.leftOut).") }
        print(done.summary)
        if done.status == .discarded { throw ExitCode(130) }
        if done.counts.failed > 0 || done.status != .finished { throw ExitCode.failure }
    }

    private func end(_ id: ImportID) async throws {
        let ended = try await data.withInstallation { installation in
            let imports = try await Shop(installation).imports
            return try await installation.database.write { try imports.discard(id, in: $0) }
        }
        print(ended.summary)
    }

    private func contents(of file: String) throws -> [UInt8] {
        if file == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ArgumentParser.ValidationError("\(file) cannot be read.")
        }
        return Array(data)
    }
}

extension SheetImport {
    /// What became of it, for people.
    fileprivate var summary: String {
        let what = """
            \(counts.created) created, \(counts.updated) updated, \(counts.unchanged) unchanged, \
            \(counts.failed) refused\(isDryRun ? "; nothing was kept" : "").
            """
        let part = "\(counts.done) of \(counts.rows) rows are through: "
        return switch status {
        case .finished: what
        case .discarded:
            "Import \(id) is ended. " + part + what
                + " What is in stays; import the file again for the rest: rows that are in are unchanged then."
        case .replaced: "A newer import has taken the place of import \(id). " + part + what
        case .failed: "Import \(id) failed: \(failure). " + part + what
        case .receiving, .running: "Import \(id) goes on when the server runs. " + part + what
        }
    }
}
