import Primitives
import Synchronization

/// A store in memory, gone with the process; for ephemeral shops.
public final class MemoryMediaStore: MediaStore {
    private struct StoredObject {
        let object: MediaObject
        let writtenAt: Timestamp
    }

    private let objects = Mutex<[MediaKey: StoredObject]>([:])
    private let time: TimeSource

    /// Creates an empty store; files are dated by `time`.
    public init(time: TimeSource = .machine) {
        self.time = time
    }

    /// The number of files.
    public var count: Int { objects.withLock { $0.count } }

    /// Stores the bytes, dated now.
    public func write(_ bytes: [UInt8], to key: MediaKey) {
        let object = MediaObject(bytes: bytes, key: key)
        let now = time.now
        objects.withLock { $0[key] = StoredObject(object: object, writtenAt: now) }
    }

    /// Returns the content; nil where there is none.
    public func read(_ key: MediaKey) -> MediaObject? {
        objects.withLock { $0[key]?.object }
    }

    /// Returns whether there is content under the key.
    public func exists(_ key: MediaKey) -> Bool {
        objects.withLock { $0[key] != nil }
    }

    /// Deletes the content, if there is any.
    public func delete(_ key: MediaKey) {
        objects.withLock { $0[key] = nil }
    }

    /// Moves the content and keeps its date.
    public func move(_ key: MediaKey, to other: MediaKey) {
        objects.withLock { objects in
            guard let kept = objects.removeValue(forKey: key) else { return }
            let object = MediaObject(bytes: kept.object.bytes, key: other)
            objects[other] = StoredObject(object: object, writtenAt: kept.writtenAt)
        }
    }

    /// Returns at most `limit` files in the order of their keys.
    public func entries(in folder: String, after key: MediaKey?, limit: Int) -> [MediaEntry] {
        let all = objects.withLock { $0.map { MediaEntry(key: $0.key, writtenAt: $0.value.writtenAt) } }
        let behind = all.filter { $0.key.isIn(folder) && (key.map($0.key.comesAfter) ?? true) }
        return Array(behind.sorted { $1.key.comesAfter($0.key) }.prefix(limit))
    }
}
