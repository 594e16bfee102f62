import Primitives
import TestSupport
import Testing

@Suite struct ThreadsTests {
    private struct Mistake: Error {}

    @Test func `work is done by so many threads at once and no more`() async throws {
        let threads = WorkThreads(count: 3, limit: 1_000)
        let load = Monitor((running: 0, most: 0))
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...200 {
                group.addTask {
                    try await threads.run {
                        load.change { load in
                            load.running += 1
                            load.most = max(load.most, load.running)
                        }
                        OwnedThread.pause(.milliseconds(1))
                        load.change { $0.running -= 1 }
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 200 * 201 / 2)
        #expect((1...3).contains(load.change { $0.most }))
    }

    @Test func `work beyond what may wait is refused, and taken again when there is room`() async throws {
        let threads = WorkThreads(count: 1, limit: 2)
        let gate = Monitor(false)
        let isHeld = Monitor(false)
        async let first: Void = threads.run {
            isHeld.change { $0 = true }
            gate.wait { $0 ? () : nil }
        }
        try await poll("the thread's first work") { isHeld.change { $0 } }
        // Two of the nine wait behind it, the others are refused.
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<9 {
                group.addTask {
                    do {
                        try await threads.run {}
                        return false
                    } catch {
                        return error is WorkThreads.Busy
                    }
                }
            }
            var refused = 0
            while refused < 7, let isRefused = await group.next() { refused += isRefused ? 1 : 0 }
            gate.change(waking: .all) { $0 = true }
            return await group.reduce(refused) { $0 + ($1 ? 1 : 0) }
        }
        try await first
        #expect(refused == 7)
        #expect(try await threads.run { 7 } == 7)
    }

    @Test func `what work throws comes back`() async {
        let threads = WorkThreads(count: 2, limit: 10)
        await #expect(throws: Mistake.self) { try await threads.run { throw Mistake() } }
    }

    @Test func `a waiting thread goes on when what it waits for is there`() async {
        let box = Monitor<[Int]>([])
        let sum = Monitor(0)
        for _ in 0..<4 {
            let isStarted = OwnedThread.start {
                while case let number = box.wait(until: { $0.popLast() }), number > 0 {
                    sum.change(waking: .all) { $0 += number }
                }
            }
            #expect(isStarted)
        }
        for number in 1...1_000 { box.change { $0.append(number) } }
        let total = sum.wait { $0 == 500_500 ? $0 : nil }
        box.change(waking: .all) { $0 += [0, 0, 0, 0] }
        #expect(total == 500_500)
    }
}
