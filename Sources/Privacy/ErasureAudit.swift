import Commerce
import Media
import Modules
import Primitives
import SQL

/// Proves that a person was erased.
public struct ErasureAudit: Sendable {
    /// What still names them, in words.
    public let findings: [String]
    /// What names them because the law has it kept.
    public let retained: [String]
    /// Orders that name them until they have come to their end.
    public let underWay: [String]

    /// Looks through every column that can hold text and every file in these folders of the store; `data` says what
    /// rooms keep on purpose.
    ///
    /// - Throws: `SQLError`, `MediaError`.
    public static func of(
        _ email: String, _ database: any Database, _ store: any MediaStore, folders: [String], data: [PersonalData]
    ) async throws -> ErasureAudit {
        let text = EmailAddress(email)?.text ?? email.lowercased()
        let (found, orders) = try await database.report { connection in
            (
                try TextScan.findings(of: text, connection),
                try data.compactMap(\.orders).map { try $0.find(text, connection) }
            )
        }
        let count = orders.reduce(0) { $0 + $1.count }
        var findings = found.filter { !isKept($0, count, data) }.map { "\($0.table).\($0.column): \($0.rows) rows" }
        for folder in folders { findings += try await files(in: folder, holding: text, store) }
        return ErasureAudit(
            findings: findings, retained: orders.flatMap(\.retained), underWay: orders.flatMap(\.underWay))
    }

    /// Returns whether what was found is what `count` orders keep that are invoiced or under way, or is kept as it is.
    private static func isKept(_ finding: TextScan.Finding, _ count: Int, _ data: [PersonalData]) -> Bool {
        if data.contains(where: { $0.keptTables.contains(finding.table) }) { return true }
        if count > 0, data.contains(where: { $0.orderPartTables.contains(finding.table) }) { return true }
        return finding.rows <= count && data.contains { $0.orderTables.contains(finding.table) }
    }

    private static func files(
        in folder: String, holding text: String, _ store: any MediaStore
    ) async throws -> [String] {
        var (found, last): ([String], MediaKey?) = ([], nil)
        let needle = Array(text.utf8)
        while true {
            let entries = try await store.entries(in: folder, after: last, limit: 200)
            for entry in entries {
                guard let object = try await store.read(entry.key), object.bytes.holds(needle) else { continue }
                found.append("file \(entry.key)")
            }
            guard let end = entries.last, entries.count == 200 else { return found }
            last = end.key
        }
    }
}

extension [UInt8] {
    /// Returns whether these bytes hold others, letters of ASCII in either case.
    fileprivate func holds(_ needle: [UInt8]) -> Bool {
        guard !needle.isEmpty, count >= needle.count else { return false }
        let lower = map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return (0...count - needle.count).contains { start in
            lower[start] == needle[0] && lower[start..<start + needle.count].elementsEqual(needle)
        }
    }
}
