import Glibc

/// A port of this machine that takes connections and says nothing.
public final class DeafServer: Sendable {
    /// The port of 127.0.0.1 that it listens on.
    public let port: Int
    private let descriptor: Int32

    /// Listens on a free port of 127.0.0.1.
    ///
    /// - Throws: `ChildProcessError` where the system gives no port.
    public init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard bound else {
            close(descriptor)
            throw ChildProcessError(description: "the system gives no port: \(errno)")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Accepts a waiting connection, which stays open; false where nobody has connected.
    public func takeCall() -> Bool { accept(descriptor, nil, nil) >= 0 }
}
