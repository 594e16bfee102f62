#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a connection could not do.
enum SocketError: Error {
    case cannotConnect(Int32)
    case closed
    case badResponse
}

/// A keep-alive HTTP/1.1 connection over a blocking socket; used by one thread.
final class Connection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects to 127.0.0.1.
    ///
    /// - Throws: `SocketError.cannotConnect`.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard result == 0 else { throw SocketError.cannotConnect(errno) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Sends one request and reads its whole answer.
    ///
    /// - Throws: `SocketError`.
    func send(_ request: [UInt8]) throws -> (status: Int, body: ArraySlice<UInt8>) {
        try write(request)
        received.removeAll(keepingCapacity: true)
        var head = Head()
        while !head.isComplete {
            try readMore()
            try head.scan(received)
        }
        while received.count < head.end + head.contentLength { try readMore() }
        return (head.status, received[head.end..<(head.end + head.contentLength)])
    }

    private func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw SocketError.closed }
            sent += count
        }
    }

    private func readMore() throws {
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { received.append(contentsOf: buffer[..<count]) }
            return count
        }
        guard count > 0 else { throw SocketError.closed }
    }
}

/// The status line and the length of a response's body.
private struct Head {
    private(set) var status = 0
    private(set) var end = 0
    private(set) var contentLength = 0
    var isComplete: Bool { end > 0 }

    mutating func scan(_ bytes: [UInt8]) throws {
        guard let end = Self.endOfHead(bytes) else { return }
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        let lines = text.split(separator: "\r\n")
        guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]) else {
            throw SocketError.badResponse
        }
        self.status = status
        for line in lines.dropFirst() where line.lowercased().hasPrefix("content-length:") {
            contentLength = Int(line.dropFirst("content-length:".count).filter(\.isNumber)) ?? 0
        }
        self.end = end
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count
        where bytes[index] == 10 && bytes[index - 1] == 13 && bytes[index - 2] == 10 && bytes[index - 3] == 13 {
            return index + 1
        }
        return nil
    }
}
