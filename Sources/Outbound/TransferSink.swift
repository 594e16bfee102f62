import CCurl
import Glibc
import Primitives

/// The callbacks of libcurl during one transfer: receives the response, aborts what is canceled, refuses addresses.
///
/// Used by one thread only, from before `curl_easy_perform` until it returns.
final class TransferSink {
    private static let maxHeaderBytes = 256 << 10

    /// The addresses that a transfer may go to.
    enum AddressRule {
        case any
        case publicOr([PeerNetwork])
    }

    private let rule: AddressRule
    private let dropsBody: Bool
    private let ticket: TransferTicket
    private let maxBytes: Int
    private(set) var body: [UInt8] = []
    private(set) var headers: [OutboundHeader] = []
    private(set) var hasRefusedAddress = false
    private(set) var isOverfull = false
    /// Whether all of the body has come that was to be read.
    private(set) var hasEnough = false
    private var headerBytes = 0

    /// Creates a sink for at most `maxBytes` of body, after any decompression.
    init(ticket: TransferTicket, maxBytes: Int, rule: AddressRule, dropsBody: Bool = false) {
        self.ticket = ticket
        self.maxBytes = maxBytes
        self.rule = rule
        self.dropsBody = dropsBody
    }

    /// Whether addresses have to be looked at.
    var checksAddresses: Bool { if case .publicOr = rule { true } else { false } }

    private static func of(_ context: UnsafeMutableRawPointer?) -> TransferSink? {
        context.map { Unmanaged<TransferSink>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The value by which libcurl aborts: fewer bytes taken than given.
    private static let nothingTaken = -1

    static let receiveBody: kcurl_transfer = { bytes, size, count, context in
        guard let sink = TransferSink.of(context), let bytes else { return TransferSink.nothingTaken }
        return sink.append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    static let receiveHeader: kcurl_transfer = { bytes, size, count, context in
        guard let sink = TransferSink.of(context), let bytes else { return TransferSink.nothingTaken }
        return sink.appendHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    static let reportProgress: curl_xferinfo_callback = { context, _, _, _, _ in
        TransferSink.of(context)?.ticket.isCancelled == true ? 1 : 0
    }

    /// Checks the address before a connection is made, so that not even a port of a private host is touched.
    static let openSocket: curl_opensocket_callback = { context, _, address in
        guard let sink = TransferSink.of(context), let address, sink.approves(PeerAddress(address)) else {
            return CURL_SOCKET_BAD
        }
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, type, address.pointee.protocol)
    }

    /// Checks the address before a request on any connection, including one left open by an earlier request.
    static let approveAddress: curl_prereq_callback = { context, address, _, _, _ in
        guard let sink = TransferSink.of(context), let address,
            sink.approves(PeerAddress(String(cString: address)))
        else { return CURL_PREREQFUNC_ABORT }
        return CURL_PREREQFUNC_OK
    }

    private func approves(_ address: PeerAddress?) -> Bool {
        guard case .publicOr(let networks) = rule else { return true }
        if let address, address.isPublic || networks.contains(where: { $0.contains(address) }) { return true }
        hasRefusedAddress = true
        return false
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= maxBytes - body.count else {
            if dropsBody { hasEnough = true } else { isOverfull = true }
            return Self.nothingTaken
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= Self.maxHeaderBytes else {
            isOverfull = true
            return Self.nothingTaken
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.begins(with: "HTTP/") {
            headers = []
        } else if let header = OutboundHeader(line: line) {
            headers.append(header)
        }
        return bytes.count
    }
}
