#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The databases that a test runs on: `@Test(arguments: Backend.available)`.
public enum Backend: String, CaseIterable, Sendable {
    case sqlite
    case mysql

    /// SQLite unless `KONTOR_TEST_SQLITE` is `off`; MySQL where `KONTOR_TEST_MYSQL` names a server:
    /// `mysql://root@127.0.0.1:3306`.
    public static let available: [Backend] = allCases.filter { $0 == .sqlite ? hasSQLite : mysqlURL != nil }

    private static let hasSQLite = getenv("KONTOR_TEST_SQLITE").map { String(cString: $0) } != "off"

    /// The address of the server to test on, with a user who may create databases.
    static let mysqlURL: String? = getenv("KONTOR_TEST_MYSQL").map { String(cString: $0) }
}
