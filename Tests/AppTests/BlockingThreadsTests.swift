import Primitives
import Synchronization
import TestSupport
import Testing

@testable import Media

@Suite struct BlockingThreadsTests {
    @Test func `one thread does what it is given in order, and what is thrown comes back`() async throws {
        let threads = BlockingThreads(count: 1, limit: 2_000)
        let done = Mutex<[Int]>([])
        for number in 0..<1_000 { try await threads.run { done.withLock { $0.append(number) } } }
        #expect(done.withLock { $0 } == Array(0..<1_000))
        await #expect(throws: MediaError.invalidKey) { try await threads.run { throw MediaError.invalidKey } }
    }

    @Test func `so many calls block at once and no more, and beyond what may wait they are refused`() async throws {
        let threads = BlockingThreads(count: 2, limit: 3)
        let gate = Monitor((running: 0, isOpen: false))
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await threads.run {
                        gate.change { $0.running += 1 }
                        gate.wait { $0.isOpen ? () : nil }
                    }
                    return false
                }
            }
            try await poll("both threads at work") { gate.change { $0.running == 2 } }
            for _ in 0..<10 {
                group.addTask {
                    do {
                        try await threads.run {}
                        return false
                    } catch MediaError.busy {
                        return true
                    }
                }
            }
            var refused = 0
            while refused < 7, let isRefused = try await group.next() { refused += isRefused ? 1 : 0 }
            gate.change(waking: .all) { $0.isOpen = true }
            return try await group.reduce(refused) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 7)
        #expect(try await threads.run { 7 } == 7)
    }

    @Test func `changes of one file are done in the order in which they were asked for`() async throws {
        try await withTemporaryFolder { folder in
            let store = DiskMediaStore(root: folder)
            let key = try #require(MediaKey("products/ab/cd/one.webp"))
            let trash = try #require(MediaKey("trash/2027-01-15/products/ab/cd/one.webp"))
            for turn in 0..<20 {
                try await store.write([UInt8(turn)], to: key)
                #expect(try await store.read(key)?.bytes == [UInt8(turn)])
                try await store.move(key, to: trash)
                #expect(try await store.read(key) == nil)
                #expect(try await store.read(trash)?.bytes == [UInt8(turn)])
                try await store.delete(trash)
            }
        }
    }
}
