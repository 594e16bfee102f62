import Primitives

/// Where a MySQL or MariaDB server is, who logs in, and how many connections it may cost.
public struct MySQLConfiguration: Sendable, Equatable {
    /// How the connection is encrypted.
    public enum TLS: Sendable, Equatable {
        /// Not at all: for a server on the same machine or a private network.
        case off
        /// Encrypted, whoever answers.
        case required
        /// Encrypted, with a certificate of the server's host name signed by an authority of the PEM file at `authority`,
        /// or by one that the system trusts.
        case verified(authority: String?)
    }

    public var host: String
    public var port: Int
    public var user: String
    public var password: String
    /// The database (schema) to work in; nil to log in without one.
    public var database: String?
    /// The path of a Unix socket to connect to instead of `host` and `port`.
    public var socket: String?
    public var tls = TLS.off
    /// Paths of PEM files that tell the server who the client is.
    public var clientCertificate: String?
    public var clientKey: String?
    /// Most connections for reads and writes. Writes take at most three quarters of them, so that writers that wait for a
    /// lock leave room for readers.
    public var poolSize = 16
    /// Most connections for reports.
    public var reportPoolSize = 2
    /// Closures that may wait for a connection; one more is refused as `.unavailable`.
    public var queueLimit = 4_096
    /// Statements that a connection keeps prepared. All connections of all processes together must stay below the
    /// server's `max_prepared_stmt_count` (16,382 unless changed).
    public var statementCacheLimit = 128
    /// Seconds until an attempt to connect is given up.
    public var connectTimeout = 5
    /// Seconds of silence after which a connection for reads and writes counts as lost, and how long a closure may wait for one.
    public var networkTimeout = 15
    /// Seconds of silence after which one for reports and migrations counts as lost; longer than any statement may take.
    public var longTimeout = 600
    /// Seconds until a server that is asked whether it answers counts as silent.
    public var probeTimeout = 2
    /// Where the client library's plugins lie (`caching_sha2_password.so`); nil to look where the distributions put them.
    public var pluginDirectory: String?

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

    /// The same for connections that are given up after `seconds` of silence.
    func silent(after seconds: Int) -> MySQLConfiguration {
        var configuration = self
        configuration.networkTimeout = seconds
        configuration.connectTimeout = min(connectTimeout, seconds)
        return configuration
    }

    /// Most of `poolSize` connections that writes may hold at a time.
    var writeLimit: Int { max(1, poolSize - poolSize / 4) }
}

extension MySQLConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    /// The address without the password: for logs.
    public var description: String {
        let place = socket ?? (host.holds(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
        return "mysql://\(user)@\(place)/\(database ?? "")"
    }

    public var debugDescription: String { description }
}
