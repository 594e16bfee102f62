import SQL
import Testing

@testable import MySQLDriver

/// Texts as MySQL 8 and MariaDB write them, where the server at hand writes only one of the two.
@Suite struct MySQLErrorTests {
    @Test(arguments: [
        (1_062, "Duplicate entry 'secret' for key 'users.email'", SQLError.Kind.unique, "email"),
        (1_062, "Duplicate entry 'secret' for key 'email'", .unique, "email"),
        (1_452, "a foreign key constraint fails (`d`.`t`, CONSTRAINT `fk_t` FOREIGN KEY (`x`))", .foreignKey, "fk_t"),
        (3_819, "Check constraint 'ck_total' is violated.", .check, "ck_total"),
        (4_025, "CONSTRAINT `ck_total` failed for `d`.`t`", .check, "ck_total"),
        (1_048, "Column 'name' cannot be null", .notNull, "name"),
        (1_364, "Field 'name' doesn't have a default value", .notNull, "name"),
    ])
    func `a violation names its constraint on both servers`(
        code: Int, text: String, kind: SQLError.Kind, constraint: String
    ) {
        let error = ServerMessage.error(code, text)
        #expect(error.kind == kind)
        #expect(error.constraint == constraint)
        #expect(!error.description.contains("secret"))
    }

    @Test(arguments: [
        (1_366, "Incorrect integer value: 'secret for column 'x'' for column `d`.`t`.`price` at row 1"),
        (1_292, "Truncated incorrect DOUBLE value: 'secret'"),
        (1_690, "BIGINT value is out of range in '(secret + 1)'"),
    ])
    func `a value that does not fit is not repeated`(code: Int, text: String) {
        let error = ServerMessage.error(code, text)
        #expect(error.kind == .outOfRange)
        #expect(!error.message.contains("secret"))
    }

    @Test(arguments: [
        (1_213, "Deadlock found when trying to get lock; try restarting transaction", SQLError.Kind.conflict),
        (1_180, "Got error 149 \"Lock deadlock; Retry transaction\" during COMMIT", .conflict),
        (1_180, "Got error 28 \"No space left on device\" during COMMIT", .diskFull),
        (3, "Error writing file '/tmp/x' (errno: 28 \"No space left on device\")", .diskFull),
        (1_114, "The table 'orders' is full", .diskFull),
        (1_205, "Lock wait timeout exceeded; try restarting transaction", .lockTimeout),
        (1_047, "WSREP has not yet prepared node for application use", .unavailable),
        (1_040, "Too many connections", .unavailable),
        (3_024, "Query execution was interrupted, maximum statement execution time exceeded", .interrupted),
        (1_969, "Query execution was interrupted (max_statement_time exceeded)", .interrupted),
        (1_064, "You have an error in your SQL syntax", .other),
    ])
    func `a failure of the server has its kind`(code: Int, text: String, kind: SQLError.Kind) {
        #expect(ServerMessage.error(code, text).kind == kind)
    }

    @Test func `a log-in plugin that is missing is explained`() {
        let error = ServerMessage.error(2_059, "Plugin caching_sha2_password could not be loaded: not found")
        #expect(error.kind == .unavailable)
        #expect(error.message.contains("caching_sha2_password could not be loaded"))
        #expect(error.message.contains("libmariadb3"))
    }
}
