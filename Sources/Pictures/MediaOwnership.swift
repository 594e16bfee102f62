import Commerce
import Media
import Primitives
import SQL

/// The owner of the media folder: an id in the database and the same in the folder. A database that was opened by
/// mistake, or restored from a backup of another shop, must not have this folder swept.
public struct MediaOwnership: Sendable {
    /// The result of comparing the two ids.
    public enum Verdict: Sendable, Hashable {
        /// Both ids are the same.
        case agree
        /// The folder has no id: it is new, or older than the ids.
        case unmarked
        /// The folder is another shop's.
        case differ(database: String, folder: String)
    }

    private let store: any MediaStore
    private let database: any Database
    private let time: TimeSource
    private let random: RandomSource
    private let folders: [String]

    /// Creates a check over the `folders` in which rows name files.
    public init(
        _ store: any MediaStore, database: any Database, time: TimeSource, random: RandomSource, folders: [String]
    ) {
        self.store = store
        self.database = database
        self.time = time
        self.random = random
        self.folders = folders
    }

    /// Compares the ids; a database without one gets its own.
    ///
    /// - Throws: `MediaError`, `SQLError`.
    public func verdict() async throws -> Verdict {
        let own = try await shopID()
        guard let folder = try await folderID() else { return .unmarked }
        return folder == own ? .agree : .differ(database: own, folder: folder)
    }

    /// Compares the ids without giving the database one.
    ///
    /// - Throws: `MediaError`, `SQLError`.
    public func look() async throws -> Verdict {
        guard let own = try await knownID(), let folder = try await folderID() else { return .unmarked }
        return folder == own ? .agree : .differ(database: own, folder: folder)
    }

    /// Writes the database's id into a folder that has none and no files either.
    ///
    /// - Throws: `MediaError`, `SQLError`.
    public func markIfEmpty() async throws {
        guard case .unmarked = try await verdict() else { return }
        for folder in folders where try await !store.entries(in: folder, after: nil, limit: 1).isEmpty { return }
        try await mark()
    }

    /// Writes the database's id into the folder.
    ///
    /// - Throws: `MediaError`, `SQLError`.
    func mark() async throws {
        guard let key = Self.key else { return }
        try await store.write(Array((try await shopID() + "\n").utf8), to: key)
    }

    private func shopID() async throws -> String {
        if let known = try await knownID() { return known }
        let (fresh, now) = (random.token(byteCount: 15), time.now)
        return try await database.write { try ShopFactQueries.keepFirst(.shopID, fresh, at: now, $0) }
    }

    private func knownID() async throws -> String? {
        try await database.read { try ShopFactQueries.value(.shopID, $0) }
    }

    private func folderID() async throws -> String? {
        guard let key = Self.key, let object = try await store.read(key) else { return nil }
        let text = String(decoding: object.bytes.filter { $0 > 0x20 }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }

    /// The key of the file with the id; it lies beside the folders, so that a copy of the media folder includes it.
    private static let key = MediaKey("shop-id")
}
