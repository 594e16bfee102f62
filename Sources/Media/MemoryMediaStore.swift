import Synchronization

/// Files in memory, gone with the process; for ephemeral shops.
public final class MemoryMediaStore: MediaStore {
    private let objects = Mutex<[MediaKey: MediaObject]>([:])

    public init() {}

    /// How many files there are.
    public var count: Int { objects.withLock { $0.count } }

    public func write(_ bytes: [UInt8], to key: MediaKey) {
        let object = MediaObject(bytes: bytes, key: key)
        objects.withLock { $0[key] = object }
    }

    public func read(_ key: MediaKey) -> MediaObject? {
        objects.withLock { $0[key] }
    }

    public func exists(_ key: MediaKey) -> Bool {
        objects.withLock { $0[key] != nil }
    }

    public func delete(_ key: MediaKey) {
        objects.withLock { $0[key] = nil }
    }
}
