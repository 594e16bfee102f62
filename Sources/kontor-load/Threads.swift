import Primitives

/// Threads that each run a closure with their number, from 0.
struct OwnThreads {
    private let running = Monitor(0)

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let running = running
        for index in 0..<count {
            running.change(waking: .none) { $0 += 1 }
            let isStarted = OwnedThread.start {
                body(index)
                running.change(waking: .all) { $0 -= 1 }
            }
            if !isStarted { running.change(waking: .none) { $0 -= 1 } }
        }
    }

    /// Waits until every thread has ended.
    func join() {
        running.wait { $0 == 0 ? () : nil }
    }
}

/// Lets threads go on together once the last has come.
struct Barrier {
    private let missing: Monitor<Int>

    init(_ count: Int) {
        missing = Monitor(count)
    }

    func wait() {
        missing.change(waking: .all) { $0 -= 1 }
        missing.wait { $0 <= 0 ? () : nil }
    }
}
