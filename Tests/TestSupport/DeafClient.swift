import Glibc

/// A client that sends and takes nothing: neither answers nor the news that the other side has closed.
public final class DeafClient: Sendable {
    private let descriptor: Int32

    /// Connects to a port of this machine, with as little room for answers as the system gives.
    ///
    /// - Throws: `ChildProcessError` where there is no connection.
    public init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var room: Int32 = 4_096
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw ChildProcessError(description: "no connection to port \(port): \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Sends what the system takes at once: how many bytes, nil where the other side wants no more.
    public func send(_ bytes: some Collection<UInt8>) -> Int? {
        let count = Array(bytes).withUnsafeBytes {
            Glibc.send(
                descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        }
        if count >= 0 { return count }
        return errno == EAGAIN ? 0 : nil
    }

    /// Sends what the system takes of `text` at once: the number of bytes, nil where the other side wants no more.
    public func send(_ text: String) -> Int? { send(Array(text.utf8)) }

    /// Returns the bytes that are there, `count` at most: none at the end, nil where they have not come yet.
    public func take(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let taken = recv(descriptor, &bytes, count, Int32(MSG_DONTWAIT))
        if taken < 0, errno == EAGAIN { return nil }
        return Array(bytes.prefix(max(taken, 0)))
    }
}
