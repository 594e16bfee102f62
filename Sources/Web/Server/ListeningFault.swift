import NIOCore
import Primitives

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Says which setting leads to an address that cannot be listened on.
enum ListeningFault {
    /// Returns whether another program has the address.
    static func isTaken(_ error: any Error) -> Bool { (error as? IOError)?.errnoCode == EADDRINUSE }

    /// Returns the error as one of `HOST` or `PORT` where it is about the address; any other one as it is.
    static func named(_ error: any Error, host: String, port: Int) -> any Error {
        if error is SocketAddressError || error is SocketAddressError.UnknownHost {
            return SettingsError("HOST", "is \(host), a name that leads to no address")
        }
        guard let error = error as? IOError else { return error }
        switch error.errnoCode {
        case EADDRINUSE:
            return SettingsError(
                "PORT",
                "\(port) is taken on \(host) by another program: end that, or choose another port by --port or PORT")
        case EACCES:
            return SettingsError(
                "PORT", "\(port) is for root alone on this machine: choose one from 1024 on, and a proxy before it")
        case EADDRNOTAVAIL:
            return SettingsError(
                "HOST", "is \(host), which is no address of this machine: 127.0.0.1 is for it alone, 0.0.0.0 for all")
        default: return error
        }
    }
}
