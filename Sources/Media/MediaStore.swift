import Primitives

/// A store of uploaded and drawn files: `DiskMediaStore` in a folder, `MemoryMediaStore` in an ephemeral shop.
///
/// Nobody waits on the caller's thread: the disk has threads of its own.
public protocol MediaStore: Sendable {
    /// Stores `bytes` under `key`, in place of what was there; readers see the old content or the new one, never a
    /// part.
    ///
    /// - Throws: `MediaError`.
    func write(_ bytes: [UInt8], to key: MediaKey) async throws

    /// Returns the content under `key`; nil where there is none.
    ///
    /// - Throws: `MediaError`.
    func read(_ key: MediaKey) async throws -> MediaObject?

    /// Returns whether there is content under `key`.
    ///
    /// - Throws: `MediaError`.
    func exists(_ key: MediaKey) async throws -> Bool

    /// Deletes the content under `key`; does nothing where there is none.
    ///
    /// - Throws: `MediaError`.
    func delete(_ key: MediaKey) async throws

    /// Moves the content under `key` to `other`, in place of what was there; does nothing where there is none.
    ///
    /// - Throws: `MediaError`.
    func move(_ key: MediaKey, to other: MediaKey) async throws

    /// Returns at most `limit` files of `folder` after `key`, in the order of their keys; nil starts at the first.
    ///
    /// - Throws: `MediaError`.
    func entries(in folder: String, after key: MediaKey?, limit: Int) async throws -> [MediaEntry]
}

extension MediaStore {
    /// Stores `bytes` in `folder` under the key of their content, and returns it. Content that is there already is
    /// written again: it is new then, and a sweep spares it until a row names it.
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
    /// The name of the file.
    public let key: MediaKey
    /// The time of the last write; a move keeps it.
    public let writtenAt: Timestamp
}

/// A stored file with what its HTTP response needs.
public struct MediaObject: Sendable, Hashable {
    /// The whole content.
    public let bytes: [UInt8]
    /// The media type, by the extension of the key.
    public let contentType: String
    /// A strong entity tag with its quotes: half of the content's SHA-256 in hexadecimal.
    public let etag: String

    init(bytes: [UInt8], key: MediaKey) {
        self.bytes = bytes
        self.contentType = key.contentType
        self.etag = "\"" + Hex.encode(Digest.sha256(bytes).prefix(16)) + "\""
    }
}

/// The reason why a store failed.
public enum MediaError: Error, Sendable, Hashable {
    /// The key breaks the rules of ``MediaKey``.
    case invalidKey
    /// No space is left, or a quota is used up.
    case diskFull
    /// So much waits for the disk that more is refused.
    case busy
    /// The system refused `operation` with this `errno`.
    case system(operation: String, code: Int32)
}
