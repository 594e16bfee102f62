import Foundation
import Primitives
import Synchronization
import Testing

@testable import KontorApp

/// The files that say which settings there are: the example, the table of settings, and the image.
@Suite struct ExampleSettingsTests {
    /// The checkout that these tests were built from.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What `createsuperuser` alone asks for.
    private static let commands: Set<String> = ["KONTOR_SUPERUSER_EMAIL", "KONTOR_SUPERUSER_PASSWORD"]
    /// What measurements alone set.
    private static let measurements: Set<String> = ["KONTOR_BARE_ROUTE"]

    private static func text(_ file: String) throws -> String {
        try String(contentsOf: root.appending(path: file), encoding: .utf8)
    }

    /// Returns the example's settings as they are once all of them are uncommented.
    private static func example() throws -> [String: String] {
        let lines = try text(".env.example").split(separator: "\n").filter { line in
            line.hasPrefix("# ") && line.dropFirst(2).prefixMatch(of: #/[A-Z][A-Z0-9_]*=/#) != nil
        }
        #expect(lines.count > 90)
        let values = try EnvironmentFile.parse(lines.map { $0.dropFirst(2) }.joined(separator: "\n"))
        #expect(values.count == lines.count, "a name stands twice")
        return values
    }

    /// Returns the settings that the document describes: those in the first column of its tables.
    static func described() throws -> Set<String> {
        let rows = try text("docs/settings.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let names = rows.compactMap { $0.split(separator: "|").first }
        return Set(names.flatMap { $0.matches(of: #/`([A-Z][A-Z0-9_]+)`/#).map { String($0.1) } })
    }

    /// Remembers what it is asked for.
    private final class AskedSettings: SettingsSource {
        private let values: [String: String]
        private let names = Mutex<Set<String>>([])

        init(_ values: [String: String]) {
            self.values = values
        }

        var asked: Set<String> { names.withLock { $0 } }

        func text(_ name: String) -> String? {
            names.withLock { _ = $0.insert(name) }
            return values[name].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    @Test func `the example names every setting that is read, and no other`() throws {
        let example = try Self.example()
        var asked: Set<String> = []
        // A database is named in one of two ways.
        for values in [example, example.filter { $0.key != "DATABASE_URL" }] {
            let source = AskedSettings(values)
            _ = try Settings(source)
            asked.formUnion(source.asked)
        }
        let named = Set(example.keys)
        #expect(asked.subtracting(named) == Self.measurements)
        #expect(named.subtracting(asked) == Self.commands)
    }

    @Test func `the table of settings names what the example names`() throws {
        #expect(Set(try Self.example().keys).subtracting(try Self.described()) == [])
    }

    @Test func `the image asks the port that is set, and fetches its dependencies before the sources come`() throws {
        let image = try Self.text("Dockerfile")
        let check = try #require(image.split(separator: "\n").first { $0.hasPrefix("HEALTHCHECK") })
        #expect(check.contains("${PORT}") && !check.contains("8000"))
        let resolve = try #require(image.range(of: "RUN swift package resolve"))
        let sources = try #require(image.range(of: "COPY Sources"))
        #expect(resolve.upperBound < sources.lowerBound)
    }
}
