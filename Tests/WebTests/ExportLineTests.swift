import Commerce
import Synchronization
import TestSupport
import Testing

@testable import Web

@Suite struct ExportLineTests {
    @Test func `one export runs at a time, a few wait in their order, and more are sent away for a moment`()
        async throws
    {
        let line = ExportLine(places: 2)
        let side = SideBySide()
        let (gate, open) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    try await line.run {
                        side.begin()
                        var iterator = gate.makeAsyncIterator()
                        _ = await iterator.next()
                        side.end()
                    }
                }
            }
            try await poll("two to wait") { line.waiting == 2 }
            await #expect(throws: ExportBusy.self) { try await line.run {} }
            for _ in 0..<3 { open.yield() }
            try await group.waitForAll()
        }
        #expect(side.most == 1)
        try await line.run {}
    }

    @Test func `a long table goes out in blocks and comes in whole`() {
        var writer = BlockWriter()
        let lines = (0..<20_000).map { "line \($0)\r\n" }
        for line in lines { writer.write(line) }
        let blocks = writer.finish()
        #expect(blocks.count > 2 && blocks.allSatisfy { !$0.isEmpty && $0.count < 2 * BlockWriter.size })
        #expect(Array(blocks.joined()) == Array(lines.joined().utf8))
    }
}

/// Counts what runs side by side.
private final class SideBySide: Sendable {
    private let counts = Mutex((running: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func begin() {
        counts.withLock { counts in
            counts.running += 1
            counts.most = max(counts.most, counts.running)
        }
    }

    func end() { counts.withLock { $0.running -= 1 } }
}
