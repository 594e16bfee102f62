import Primitives

/// The address and login of a MySQL or MariaDB server, and the limits of connections to it.
public struct MySQLConfiguration: Sendable, Equatable {
    /// The encryption of the connection.
    public enum TLS: Sendable, Equatable {
        /// No encryption: for a server on the same machine or a private network.
        case off
        /// Encryption without a look at the server's certificate.
        case required
        /// Encryption, with a certificate of the server's host name signed by an authority of the PEM file at
        /// `authority`, or by one that the system trusts.
        case verified(authority: String?)
    }

    /// A host name or an IP address, without brackets.
    public var host: String
    /// The TCP port, 1 to 65,535.
    public var port: Int
    /// The name to log in with.
    public var user: String
    /// The password to log in with; empty where there is none.
    public var password: String
    /// The database (schema) to work in; nil to log in without one.
    public var database: String?
    /// The path of a Unix socket to connect to instead of `host` and `port`.
    public var socket: String?
    /// Off by default.
    public var tls = TLS.off
    /// The path of a PEM file with the client's certificate; nil where the server asks for none.
    public var clientCertificate: String?
    /// The path of a PEM file with the key of `clientCertificate`.
    public var clientKey: String?
    /// The maximum number of connections for reads and writes. Writes take at most three quarters of them, so that
    /// writers that wait for a lock leave room for readers.
    public var poolSize = 16
    /// The maximum number of connections for reports and migrations.
    public var reportPoolSize = 2
    /// The maximum number of closures that wait for a connection; one more is refused as `.unavailable`.
    public var queueLimit = 4_096
    /// The number of statements that a connection keeps prepared. All connections of all processes together must stay
    /// below the server's `max_prepared_stmt_count` (16,382 by default).
    public var statementCacheLimit = 128
    /// The seconds until an attempt to connect is given up.
    public var connectTimeout = 5
    /// The seconds of silence after which a connection for reads and writes counts as lost; also the time that a
    /// closure may wait for one.
    public var networkTimeout = 15
    /// The seconds of silence after which a connection for reports and migrations counts as lost; longer than any
    /// statement may take.
    public var longTimeout = 600
    /// The seconds of silence after which a probe fails.
    public var probeTimeout = 2
    /// The directory of the client library's plugins (`caching_sha2_password.so`); nil to search the distributions'
    /// usual places.
    public var pluginDirectory: String?

    /// Describes a server by its address and login; nothing is connected yet.
    public init(
        host: String = "127.0.0.1", port: Int = 3306, user: String = "root", password: String = "",
        database: String? = nil
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
    }

    /// Returns this configuration for connections that are given up after `seconds` of silence.
    func silent(after seconds: Int) -> MySQLConfiguration {
        var configuration = self
        configuration.networkTimeout = seconds
        configuration.connectTimeout = min(connectTimeout, seconds)
        return configuration
    }

    /// The maximum number of the `poolSize` connections that writes may use at a time.
    var writeLimit: Int { max(1, poolSize - poolSize / 4) }
}

extension MySQLConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    /// The address without the password, for logs.
    public var description: String {
        let place = socket ?? (host.holds(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
        return "mysql://\(user)@\(place)/\(database ?? "")"
    }

    /// The address without the password, as in ``description``.
    public var debugDescription: String { description }
}
