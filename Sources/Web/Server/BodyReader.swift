import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// Reads a request's body whole, within a size and a time.
struct BodyReader {
    let limit: Int
    let timeout: TimeAmount

    /// Bytes that are read and thrown away behind the limit: a connection closed over unread bytes would be reset, and the
    /// answer lost.
    static let drained = 32 << 20

    /// The body of `request`.
    ///
    /// - Throws: `RequestRefusal` where it is too large, too slow or cut off.
    func read(_ request: Request, for exchange: Exchange, _ writer: borrowing ResponseWriter) async throws -> [UInt8] {
        let declared = exchange.headers[.contentLength].flatMap { Int($0) }
        let waits = exchange.headers[.expect]?.lowercased() == "100-continue"
        if waits {
            if let declared, declared > limit { throw RequestRefusal.bodyTooLarge(limit: limit) }
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let deadline = ReadDeadline(exchange.channel, timeout)
        defer { deadline.cancel() }
        let (bytes, size) = try await collect(request, declared, deadline)
        if deadline.hasPassed { throw RequestRefusal.bodyTooSlow }
        if size > limit { throw RequestRefusal.bodyTooLarge(limit: limit) }
        if let declared, size < declared { throw RequestRefusal.bodyIncomplete }
        return bytes
    }

    /// The body's bytes within the limit, and how many there were.
    private func collect(
        _ request: Request, _ declared: Int?, _ deadline: ReadDeadline
    ) async throws(RequestRefusal) -> (bytes: [UInt8], size: Int) {
        var bytes: [UInt8] = []
        if let declared { bytes.reserveCapacity(min(declared, limit)) }
        var size = 0
        do {
            for try await buffer in request.body {
                size += buffer.readableBytes
                if size <= limit { bytes.append(contentsOf: buffer.readableBytesView) }
                if size > limit + Self.drained { break }
            }
        } catch {
            throw deadline.hasPassed ? .bodyTooSlow : .bodyIncomplete
        }
        return (bytes, size)
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
