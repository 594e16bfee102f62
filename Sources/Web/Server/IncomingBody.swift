import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// A request's body on its way in: read whole within a size, a time and the shop's budget, or thrown away behind the
/// answer.
struct IncomingBody {
    private enum State {
        case waiting
        case ended
        case broken
    }

    private let channel: any Channel
    private let timeout: TimeAmount
    private let declared: Int?
    /// Whether the client sends it only when told to.
    private var waits: Bool
    private var parts: HummingbirdCore.RequestBody.AsyncIterator
    private var state: State

    /// Bytes that are read and thrown away behind a refusal: a connection closed over unread bytes would be reset, and
    /// the answer lost.
    private static let drained = 32 << 20
    /// The bytes that are read and thrown away so that the connection can be used again.
    private static let cheap = 1 << 20

    init(_ request: Request, _ exchange: Exchange, timeout: TimeAmount) {
        channel = exchange.channel
        self.timeout = timeout
        declared = exchange.headers[.contentLength].flatMap { Int($0) }
        waits = exchange.headers[.expect]?.lowercased() == "100-continue"
        parts = request.body.makeAsyncIterator()
        state = .waiting
    }

    /// Whether bytes of this body may still come.
    var isWaiting: Bool { state == .waiting }

    /// Whether the connection is to end with the answer rather than wait for what is left.
    var isLong: Bool { waits || (declared ?? 0) > Self.cheap }

    /// Returns the body, of at most `limit` bytes.
    ///
    /// - Throws: `RequestRefusal` where it is too large, too slow or cut off, or where the shop holds too much already.
    mutating func read(
        upTo limit: Int, _ share: inout BodyShare, _ writer: borrowing ResponseWriter
    ) async throws -> [UInt8] {
        if let declared, declared > limit { throw RequestRefusal.bodyTooLarge(limit: limit) }
        if waits {
            waits = false
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let deadline = ReadDeadline(channel, timeout)
        defer { deadline.cancel() }
        let bytes = try await collect(limit, &share, deadline)
        if deadline.hasPassed { throw RequestRefusal.bodyTooSlow }
        if let declared, bytes.count < declared { throw RequestRefusal.bodyIncomplete }
        return bytes
    }

    private mutating func collect(
        _ limit: Int, _ share: inout BodyShare, _ deadline: ReadDeadline
    ) async throws(RequestRefusal) -> [UInt8] {
        var bytes: [UInt8] = []
        if let declared { bytes.reserveCapacity(declared) }
        while let part = try await next(deadline) {
            guard bytes.count + part.readableBytes <= limit else { throw .bodyTooLarge(limit: limit) }
            try share.take(part.readableBytes)
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    private mutating func next(_ deadline: ReadDeadline) async throws(RequestRefusal) -> ByteBuffer? {
        do {
            guard let part = try await parts.next() else {
                state = .ended
                return nil
            }
            return part
        } catch {
            state = .broken
            throw deadline.hasPassed ? .bodyTooSlow : .bodyIncomplete
        }
    }

    /// Throws away the rest of the body after the answer; returns whether the connection can take another request.
    ///
    /// A client that is told the end of the connection reads it at once; what it still sends is taken so that the
    /// answer reaches it.
    mutating func drain(ending: Bool) async -> Bool {
        if ending { channel.close(mode: .output, promise: nil) }
        let deadline = ReadDeadline(channel, timeout)
        defer { deadline.cancel() }
        var size = 0
        while size <= Self.drained {
            guard let part = try? await next(deadline) else { break }
            size += part.readableBytes
        }
        return state == .ended && !ending && !deadline.hasPassed
    }
}

/// Closes a connection for reading when its time is over; what waits for its next bytes then ends.
final class ReadDeadline: Sendable {
    private let passed: Flag
    private let alarm: Scheduled<Void>

    private final class Flag: Sendable {
        let isSet = Atomic<Bool>(false)
    }

    init(_ channel: any Channel, _ timeout: TimeAmount) {
        let passed = Flag()
        self.passed = passed
        self.alarm = channel.eventLoop.scheduleTask(in: timeout) {
            passed.isSet.store(true, ordering: .releasing)
            channel.close(mode: .input, promise: nil)
        }
    }

    var hasPassed: Bool { passed.isSet.load(ordering: .acquiring) }

    func cancel() { alarm.cancel() }
}
