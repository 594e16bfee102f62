import HummingbirdCore
import NIOCore
import Primitives
import Synchronization

/// The open connections of a listener: how many there may be, and which of them go first.
final class Connections: Sendable {
    private let limit: Int
    /// The number of accepted connections.
    private let count = Atomic<Int>(0)
    /// The connections that are set up.
    private let open = Mutex<[ObjectIdentifier: ConnectionUse]>([:])
    private let waits = Atomic<Bool>(false)
    private let looksAgain = Atomic<Bool>(false)

    /// The time that an idle connection is left open before it may have to make room.
    private static let grace = TimeAmount.seconds(1)

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    /// The number of open connections.
    var size: Int { count.load(ordering: .relaxed) }

    /// Whether newcomers wait for a place.
    var areFull: Bool { waits.load(ordering: .relaxed) }

    /// Tracks `channel` until it closes.
    func add(_ channel: any Channel) -> ConnectionUse {
        let use = ConnectionUse(channel)
        let key = ObjectIdentifier(use)
        open.withLock { $0[key] = use }
        channel.closeFuture.whenComplete { _ in self.open.withLock { _ = $0.removeValue(forKey: key) } }
        // Who asked for a place meanwhile may have found nobody who could make room.
        if areFull { makeRoom() }
        return use
    }

    /// Closes all that are open, in the middle of whatever they do.
    func closeAll() {
        for use in open.withLock({ Array($0.values) }) { use.channel.close(promise: nil) }
    }

    /// Closes a connection that is idle, and has another one make room where its client still takes its answer.
    private func close(_ idle: ConnectionUse) {
        if idle.channel.unsentBytes == 0 { return idle.channel.close(promise: nil) }
        idle.begin()
        if areFull { makeRoom() }
    }

    /// Has the connection that has been idle longest make room; one that has just been idle may be about to ask.
    private func makeRoom() {
        guard let idle = open.withLock({ $0.values.min { $0.idleSince < $1.idleSince } }), idle.isIdle else { return }
        let due = NIODeadline.uptimeNanoseconds(idle.idleSince) + Self.grace
        if due <= .now() {
            idle.channel.eventLoop.execute { self.close(idle) }
        } else if !looksAgain.exchange(true, ordering: .relaxed) {
            _ = idle.channel.eventLoop.scheduleTask(deadline: due) {
                self.looksAgain.store(false, ordering: .relaxed)
                if self.areFull { self.makeRoom() }
            }
        }
    }
}

/// A place for each connection, asked for before one is accepted.
struct Places: AvailableConnectionsDelegate {
    let connections: Connections

    func connectionOpened() { connections.opened() }
    func connectionClosed() { connections.closed() }
    func isAcceptingNewConnections() -> Bool { connections.hasPlace() }
}

extension Connections {
    fileprivate func opened() { count.add(1, ordering: .relaxed) }

    fileprivate func closed() { count.subtract(1, ordering: .relaxed) }

    /// Returns whether one more may come; where not, the longest idle one is asked to go.
    fileprivate func hasPlace() -> Bool {
        let isFull = count.load(ordering: .relaxed) >= limit
        waits.store(isFull, ordering: .relaxed)
        if isFull { makeRoom() }
        return !isFull
    }
}

/// A connection, and since when it has had nothing to do.
final class ConnectionUse: Sendable {
    let channel: any Channel
    private let since = Atomic<UInt64>(NIODeadline.now().uptimeNanoseconds)

    private static let busy = UInt64.max

    init(_ channel: any Channel) {
        self.channel = channel
    }

    /// The moment in nanoseconds of the machine's uptime; later than every moment while a request is under way.
    var idleSince: UInt64 { since.load(ordering: .relaxed) }

    var isIdle: Bool { idleSince != Self.busy }

    func begin() { since.store(Self.busy, ordering: .relaxed) }

    func end(_ now: NIODeadline) { since.store(now.uptimeNanoseconds, ordering: .relaxed) }
}
