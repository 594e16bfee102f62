import CMariaDB
import SQL

/// Opens connections and gives each the same settings, whatever the server's own defaults are.
enum SessionOpening {
    typealias Handle = UnsafeMutablePointer<MYSQL>

    /// Returns a connection that is logged in and set up; the caller closes it.
    ///
    /// - Throws: `SQLError` of kind `.unavailable`.
    static func open(_ configuration: MySQLConfiguration) throws(SQLError) -> Handle {
        guard MySQLLibrary.isReady, let handle = mysql_init(nil) else {
            throw SQLError(.unavailable, message: "the MySQL client library could not be set up")
        }
        do throws(SQLError) {
            setOptions(handle, configuration)
            try connect(handle, configuration)
            for statement in settings { try run(statement, handle) }
            return handle
        } catch {
            mysql_close(handle)
            let message = "\(configuration): \(error.message)"
            throw SQLError(.unavailable, code: error.code, message: message)
        }
    }

    /// The session's settings: strict, UTC, byte-wise comparison, the newest committed rows, at most five seconds for a
    /// lock.
    private static let settings = [
        """
        SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', autocommit = 1, innodb_lock_wait_timeout = 5,
        group_concat_max_len = 1048576, sql_mode = \
        'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'
        """,
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    ]

    /// Runs a statement without values or rows by the text protocol.
    ///
    /// - Throws: `SQLError`.
    static func run(_ text: String, _ handle: Handle) throws(SQLError) {
        var text = text
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { mysql_real_query(handle, $0.baseAddress, UInt($0.count)) }
        }
        if status != 0 { throw ServerMessage.error(of: handle) }
    }

    private static func connect(_ handle: Handle, _ configuration: MySQLConfiguration) throws(SQLError) {
        let connected = mysql_real_connect(
            handle, configuration.socket == nil ? configuration.host : nil, configuration.user,
            configuration.password, configuration.database, UInt32(clamping: configuration.port),
            configuration.socket, UInt(CLIENT_FOUND_ROWS))
        if connected == nil { throw ServerMessage.error(of: handle) }
    }

    private static func setOptions(_ handle: Handle, _ configuration: MySQLConfiguration) {
        set(handle, MYSQL_OPT_CONNECT_TIMEOUT, UInt32(clamping: configuration.connectTimeout))
        set(handle, MYSQL_OPT_READ_TIMEOUT, UInt32(clamping: configuration.networkTimeout))
        set(handle, MYSQL_OPT_WRITE_TIMEOUT, UInt32(clamping: configuration.networkTimeout))
        // A server must not ask the client for files.
        set(handle, MYSQL_OPT_LOCAL_INFILE, UInt32(0))
        let transport = configuration.socket == nil ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET
        set(handle, MYSQL_OPT_PROTOCOL, transport.rawValue)
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        if let directory = configuration.pluginDirectory ?? MySQLLibrary.pluginDirectory {
            mysql_options(handle, MYSQL_PLUGIN_DIR, directory)
        }
        setEncryption(handle, configuration)
    }

    private static func setEncryption(_ handle: Handle, _ configuration: MySQLConfiguration) {
        if configuration.tls == .off { return }
        set(handle, MYSQL_OPT_SSL_ENFORCE, my_bool(1))
        if case .verified(let authority) = configuration.tls {
            set(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, my_bool(1))
            if let authority { mysql_options(handle, MYSQL_OPT_SSL_CA, authority) }
        } else {
            set(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, my_bool(0))
        }
        if let certificate = configuration.clientCertificate {
            mysql_options(handle, MYSQL_OPT_SSL_CERT, certificate)
        }
        if let key = configuration.clientKey { mysql_options(handle, MYSQL_OPT_SSL_KEY, key) }
    }

    private static func set(_ handle: Handle, _ option: mysql_option, _ value: some BitwiseCopyable) {
        withUnsafePointer(to: value) { pointer in _ = mysql_options(handle, option, pointer) }
    }
}
