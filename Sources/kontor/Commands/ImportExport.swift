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
        abstract: "Print categories, products or stock as CSV.",
        discussion: "The rows are those of one moment, in an order in which an empty shop can take them.")

    @Argument(help: "One of \(SheetKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var table: SheetKind

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await data.withInstallation(checkpoints: .whereFree) { [table] installation in
            let shop = try await Shop(installation)
            try await shop.identify()
            let imports = shop.imports
            let output = FileHandle.standardOutput
            try await installation.database.read { connection in
                try imports.export(table, connection) { try output.write(contentsOf: Data($0.utf8)) }
            }
        }
    }
}

extension SheetKind: ExpressibleByArgument {}

/// Has the shop agree with a CSV.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take categories, products or stock in from CSV.",
        discussion: """
            Prints every row that is refused, with its line, and exits with 1 where there is one; the others are in. Ctrl-C \
            ends an import and says what is in; one whose process was killed goes on when the server runs, unless it is \
            discarded by its number or a newer one of the same table takes its place.
            """)

    @Argument(help: "One of \(SheetKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var table: SheetKind?

    @Argument(help: "The file; - is standard input.")
    var file: String?

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
        let done = try await data.withInstallation(checkpoints: .whereFree) { [dryRun] installation in
            let shop = try await Shop(installation)
            try await shop.identify()
            let done = try await ImportRun(shop).run(table, fileName: file, bytes: bytes, isDryRun: dryRun)
            let imports = shop.imports
            try await installation.database.read { connection in
                try imports.failures(of: done.id, connection) { print("line \($0.line): \($0.reasons)") }
            }
            return done
        }
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
        case .discarded: "Import \(id) is ended. " + part + what
        case .replaced: "A newer import has taken the place of import \(id). " + part + what
        case .failed: "Import \(id) failed: \(failure). " + part + what
        case .receiving, .running: "Import \(id) goes on when the server runs. " + part + what
        }
    }
}
