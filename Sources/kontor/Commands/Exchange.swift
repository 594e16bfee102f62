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
            try await installation.identify()
            let imports = try await Shop(installation).imports
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
            Prints every row that is refused, with its line, and exits with 1 where there is one; the others are in. An
            import that is broken off goes on when the server runs.
            """)

    @Argument(help: "One of \(SheetKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var table: SheetKind

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Flag(help: "Try every row and keep nothing of it.")
    var dryRun = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        let bytes = try contents()
        let done = try await data.withInstallation(checkpoints: .whereFree) { [table, file, dryRun] installation in
            try await installation.identify()
            let imports = try await Shop(installation).imports
            var current = try await imports.receive(table, fileName: file, bytes: bytes, isDryRun: dryRun, by: nil)
            while current.status == .running {
                let id = current.id
                guard let next = try await installation.database.write({ try imports.step(id, in: $0) }) else { break }
                current = next
            }
            let id = current.id
            try await installation.database.read { connection in
                try imports.failures(of: id, connection) { print("line \($0.line): \($0.reasons)") }
            }
            return current
        }
        let counts = done.counts
        print(
            """
            \(counts.created) created, \(counts.updated) updated, \(counts.unchanged) unchanged, \
            \(counts.failed) refused\(done.isDryRun ? "; nothing was kept" : "").
            """)
        if counts.failed > 0 { throw ExitCode.failure }
    }

    private func contents() throws -> [UInt8] {
        if file == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ArgumentParser.ValidationError("\(file) cannot be read.")
        }
        return Array(data)
    }
}
