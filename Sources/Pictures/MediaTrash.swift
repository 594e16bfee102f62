import Media
import Primitives

/// The folder in which swept files stay for thirty days before they are deleted:
/// `trash/2026-11-29/products/ab/cd/….webp`. A file is restored by moving it to the rest of its path.
struct MediaTrash: Sendable {
    static let folder = "trash"
    /// The time that a file stays there.
    static let age = TimeSpan.days(30)

    let store: any MediaStore

    /// Moves a file into the trash of the day of `now` (UTC).
    ///
    /// - Throws: `MediaError`.
    func take(_ key: MediaKey, at now: Timestamp) async throws {
        guard let place = MediaKey("\(Self.folder)/\(now.dayInUTC)/\(key)") else { throw MediaError.invalidKey }
        try await store.move(key, to: place)
    }

    /// Deletes the files that are old enough among the next `limit` after `key`.
    ///
    /// - Returns: the number of deleted files, and the key to continue after; nil at the end.
    /// - Throws: `MediaError`.
    func empty(at now: Timestamp, after key: MediaKey?, limit: Int) async throws -> (gone: Int, next: MediaKey?) {
        let entries = try await store.entries(in: Self.folder, after: key, limit: limit)
        let oldest = (now - Self.age).dayInUTC.description
        let due = entries.map(\.key).filter { Self.day(of: $0) < oldest }
        for key in due { try await store.delete(key) }
        return (due.count, entries.count == limit ? entries.last?.key : nil)
    }

    /// Returns the date in a key of the trash, which sorts as text.
    private static func day(of key: MediaKey) -> String {
        let rest = key.description.utf8.dropFirst(folder.utf8.count + 1)
        return String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }
}
