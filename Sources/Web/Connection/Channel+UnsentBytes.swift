import Glibc
import NIOCore

extension Channel {
    /// Bytes that were written and that the socket has not taken yet; asked for on the channel's own loop.
    var unsentBytes: Int { (try? syncOptions?.getOption(.bufferedWritableBytes)) ?? 0 }

    /// Bytes that the socket has taken and its other end has not confirmed; asked for on the channel's own loop.
    ///
    /// The system takes more only once a large part of its buffer is free: that alone would not show a slow client from
    /// a deaf one.
    var unconfirmedBytes: Int {
        let pipeline = pipeline.syncOperations
        let queued = try? pipeline.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { socket in
            var bytes: Int32 = 0
            return ioctl(socket, UInt(TIOCOUTQ), &bytes) == 0 ? Int(bytes) : 0
        }
        return queued ?? 0
    }

    /// Closes once all that was flushed has been taken; nothing can be written any more.
    func closeAfterWrites() {
        let sent = eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenComplete { _ in self.close(promise: nil) }
        close(mode: .output, promise: sent)
    }
}
