import Primitives

/// Files in a folder on disk, written and read on threads of its own: a sync takes as long as the disk wants, and
/// Swift's shared pool has no thread to spare for that.
///
/// Changes of one file come in the order in which they were asked for, and what was asked for is in order with what is
/// asked for after its end.
public struct DiskMediaStore: MediaStore {
    private let folder: DiskFolder
    private let readers = BlockingThreads(count: 4, limit: 1_024)
    /// One thread each. A file has its line by the last part of its key, which it keeps in the trash.
    private let writers = (0..<4).map { _ in BlockingThreads(count: 1, limit: 256) }

    /// Creates a store in the folder `root`, which is created with the first file.
    public init(root: String, random: RandomSource = .system) {
        folder = DiskFolder(root: root, random: random)
    }

    /// Writes a draft, syncs it and renames it.
    ///
    /// - Throws: `MediaError`.
    public func write(_ bytes: [UInt8], to key: MediaKey) async throws {
        try await change(key) { try $0.write(bytes, to: key) }
    }

    /// Reads the whole file; nil where there is none.
    ///
    /// - Throws: `MediaError`.
    public func read(_ key: MediaKey) async throws -> MediaObject? {
        try await readers.run { [folder] in try folder.read(key) }
    }

    /// Returns whether there is a file; symbolic links do not count.
    ///
    /// - Throws: `MediaError`.
    public func exists(_ key: MediaKey) async throws -> Bool {
        try await readers.run { [folder] in try folder.exists(key) }
    }

    /// Deletes the file and the folders that it leaves empty.
    ///
    /// - Throws: `MediaError`.
    public func delete(_ key: MediaKey) async throws {
        try await change(key) { try $0.delete(key) }
    }

    /// Renames the file and syncs the folder of its new name.
    ///
    /// - Throws: `MediaError`.
    public func move(_ key: MediaKey, to other: MediaKey) async throws {
        try await change(key) { try $0.move(key, to: other) }
    }

    /// Returns at most `limit` files in the order of their keys; drafts have no key and are left out.
    ///
    /// - Throws: `MediaError`.
    public func entries(in name: String, after key: MediaKey?, limit: Int) async throws -> [MediaEntry] {
        try await readers.run { [folder] in try folder.entries(in: name, after: key, limit: limit) }
    }

    private func change(_ key: MediaKey, _ work: @escaping @Sendable (DiskFolder) throws -> Void) async throws {
        let sum = key.segments.last.map { $0.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } } ?? 0
        try await writers[sum % writers.count].run { [folder] in try work(folder) }
    }
}
