import Synchronization

/// Lets a test wait for what a handler does, without sleeping.
final class EventRecorder: Sendable {
    private let stream: AsyncStream<String>
    private let source: AsyncStream<String>.Continuation

    init() {
        (stream, source) = AsyncStream.makeStream()
    }

    func ring(_ text: String = "") {
        source.yield(text)
    }

    /// Waits until the bell has rung `count` times, and gives what it said.
    func heard(_ count: Int) async -> [String] {
        var texts: [String] = []
        for await text in stream {
            texts.append(text)
            if texts.count == count { break }
        }
        return texts
    }
}

/// A number that handlers on many threads count up.
final class Tally: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    @discardableResult
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }
}
