import CMariaDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The client library, which the whole process shares.
enum MySQLLibrary {
    /// Whether the library could be set up; done once, before the first connection of any thread.
    static let isReady: Bool = mysql_server_init(0, nil, nil) == 0

    /// The directory where the distribution puts the library's plugins; nil where none of the usual ones exists.
    static let pluginDirectory: String? = [
        "/usr/lib/x86_64-linux-gnu/libmariadb3/plugin", "/usr/lib/aarch64-linux-gnu/libmariadb3/plugin",
        "/usr/lib64/mariadb/plugin", "/usr/lib/mariadb/plugin",
    ].first { access($0, R_OK) == 0 }
}
