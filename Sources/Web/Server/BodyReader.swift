import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// Reads a request's body whole, within a size and a time.
struct BodyReader {
    let limit: Int
    let timeout: TimeAmount

    /// Bytes that are thrown away behind a body that is too large, so that its sender comes to read the answer.
    static let drained = 32 << 20

    /// The body of `request`.
    ///
    /// - Throws: `RequestRefusal` where it is too large, too slow or cut off.
    func read(_ request: Request, for exchange: Exchange, _ writer: borrowing ResponseWriter) async throws -> [UInt8] {
        let declared = exchange.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limit { throw RequestRefusal.bodyTooLarge(limit: limit) }
        if exchange.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let deadline = ReadDeadline(exchange.channel, timeout)
        defer { deadline.cancel() }
        var bytes: [UInt8] = []
        if let declared { bytes.reserveCapacity(declared) }
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else {
                    throw RequestRefusal.bodyTooLarge(limit: limit)
                }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let refusal as RequestRefusal {
            throw refusal
        } catch {
            throw deadline.hasPassed ? RequestRefusal.bodyTooSlow : .bodyIncomplete
        }
        if deadline.hasPassed { throw RequestRefusal.bodyTooSlow }
        if let declared, bytes.count < declared { throw RequestRefusal.bodyIncomplete }
        return bytes
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
