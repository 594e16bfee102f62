import Primitives
import Synchronization

/// Files in memory, gone with the process; for ephemeral shops.
public final class MemoryMediaStore: MediaStore {
    private struct Kept {
        let object: MediaObject
        let writtenAt: Timestamp
    }

    private let objects = Mutex<[MediaKey: Kept]>([:])
    private let time: TimeSource

    public init(time: TimeSource = .machine) {
        self.time = time
    }

    /// How many files there are.
    public var count: Int { objects.withLock { $0.count } }

    public func write(_ bytes: [UInt8], to key: MediaKey) {
        let object = MediaObject(bytes: bytes, key: key)
        let now = time.now
        objects.withLock { $0[key] = Kept(object: object, writtenAt: now) }
    }

    public func read(_ key: MediaKey) -> MediaObject? {
        objects.withLock { $0[key]?.object }
    }

    public func exists(_ key: MediaKey) -> Bool {
        objects.withLock { $0[key] != nil }
    }

    public func delete(_ key: MediaKey) {
        objects.withLock { $0[key] = nil }
    }

    public func move(_ key: MediaKey, to other: MediaKey) {
        objects.withLock { objects in
            guard let kept = objects.removeValue(forKey: key) else { return }
            let object = MediaObject(bytes: kept.object.bytes, key: other)
            objects[other] = Kept(object: object, writtenAt: kept.writtenAt)
        }
    }

    public func entries(in folder: String, after key: MediaKey?, limit: Int) -> [MediaEntry] {
        let all = objects.withLock { $0.map { MediaEntry(key: $0.key, writtenAt: $0.value.writtenAt) } }
        let behind = all.filter { $0.key.isIn(folder) && (key.map($0.key.comesAfter) ?? true) }
        return Array(behind.sorted { $1.key.comesAfter($0.key) }.prefix(limit))
    }
}
