import Media
import Primitives

/// Where swept files lie for thirty days before they are deleted: `trash/2026-11-29/products/ab/cd/….webp`. Who wants one back
/// moves it to where its path says.
struct MediaTrash: Sendable {
    static let folder = "trash"
    /// How long a file lies there.
    static let age = TimeSpan.days(30)

    let store: any MediaStore

    /// Moves a file into the trash of the day of `now` (UTC).
    ///
    /// - Throws: `MediaError`.
    func take(_ key: MediaKey, at now: Timestamp) async throws {
        guard let place = MediaKey("\(Self.folder)/\(now.dayInUTC)/\(key)") else { throw MediaError.invalidKey }
        try await store.move(key, to: place)
    }

    /// Deletes what has lain long enough among the next `limit` files behind `key`.
    ///
    /// - Returns: how many went, and where to go on; nil at the end.
    /// - Throws: `MediaError`.
    func empty(at now: Timestamp, after key: MediaKey?, limit: Int) async throws -> (gone: Int, next: MediaKey?) {
        let entries = try await store.entries(in: Self.folder, after: key, limit: limit)
        let oldest = (now - Self.age).dayInUTC.description
        let due = entries.map(\.key).filter { Self.day(of: $0) < oldest }
        for key in due { try await store.delete(key) }
        return (due.count, entries.count == limit ? entries.last?.key : nil)
    }

    /// The date in a key of the trash, which sorts as it is written.
    private static func day(of key: MediaKey) -> String {
        let rest = key.description.utf8.dropFirst(folder.utf8.count + 1)
        return String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }
}
