#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The databases that a test runs on: `@Test(arguments: Backend.available)`.
public enum Backend: String, CaseIterable, Sendable {
    case sqlite
    case mysql

    /// SQLite always; MySQL where `KONTOR_TEST_MYSQL` names a server: `mysql://root@127.0.0.1:3306`.
    public static let available: [Backend] = mysqlURL == nil ? [.sqlite] : [.sqlite, .mysql]

    /// The address of the server to test on, with a user who may create databases.
    static let mysqlURL: String? = getenv("KONTOR_TEST_MYSQL").map { String(cString: $0) }
}
