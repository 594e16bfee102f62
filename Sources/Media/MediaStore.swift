import Primitives

/// Where uploaded and drawn files live: `DiskMediaStore` in a folder, `MemoryMediaStore` in a shop that is thrown away.
///
/// The requirements are `async` for the sake of stores across a network; the two here answer on the caller's thread.
public protocol MediaStore: Sendable {
    /// Keeps `bytes` under `key`, in place of what was there; readers see the old content or the new one, never a part.
    ///
    /// - Throws: `MediaError`.
    func write(_ bytes: [UInt8], to key: MediaKey) async throws

    /// What is kept under `key`, or nil.
    ///
    /// - Throws: `MediaError`.
    func read(_ key: MediaKey) async throws -> MediaObject?

    /// Whether anything is kept under `key`.
    ///
    /// - Throws: `MediaError`.
    func exists(_ key: MediaKey) async throws -> Bool

    /// Removes what is kept under `key`; nothing happens where there is nothing.
    ///
    /// - Throws: `MediaError`.
    func delete(_ key: MediaKey) async throws

    /// Has what is kept under `key` be kept under `other`, in place of what was there; nothing happens where there is nothing.
    ///
    /// - Throws: `MediaError`.
    func move(_ key: MediaKey, to other: MediaKey) async throws

    /// At most `limit` files of `folder` behind `key`, in the order of their keys.
    ///
    /// - Throws: `MediaError`.
    func entries(in folder: String, after key: MediaKey?, limit: Int) async throws -> [MediaEntry]
}

extension MediaStore {
    /// Keeps `bytes` in `folder` under the key of their content. Content that is there is written again: it is young
    /// then, and a sweep leaves it alone until a row names it.
    ///
    /// - Throws: `MediaError`; `.invalidKey` where `folder` or `fileExtension` breaks the rules of a key.
    public func store(_ bytes: [UInt8], in folder: String, fileExtension: String) async throws -> MediaKey {
        guard let key = MediaKey(folder: folder, content: bytes, fileExtension: fileExtension) else {
            throw MediaError.invalidKey
        }
        try await write(bytes, to: key)
        return key
    }
}

/// A stored file in a list.
public struct MediaEntry: Sendable, Hashable {
    public let key: MediaKey
    public let writtenAt: Timestamp
}

/// A stored file as it is served.
public struct MediaObject: Sendable, Hashable {
    public let bytes: [UInt8]
    public let contentType: String
    /// A strong entity tag with its quotes: half of the content's SHA-256 in hexadecimal.
    public let etag: String

    init(bytes: [UInt8], key: MediaKey) {
        self.bytes = bytes
        self.contentType = key.contentType
        self.etag = "\"" + Hex.encode(Digest.sha256(bytes).prefix(16)) + "\""
    }
}

/// Why a store could not do its work.
public enum MediaError: Error, Sendable, Hashable {
    /// The name is not one that a store keeps.
    case invalidKey
    /// No space is left, or a quota is used up.
    case diskFull
    /// The system refused `operation` with this `errno`.
    case system(operation: String, code: Int32)
}
