import Primitives
import SQL

/// The numbers of the errors that the driver acts on: the server's (1000 and above) and the client library's (2000,
/// 5000).
enum ServerError {
    /// Returns the kind of failure of `code`; `message` decides where one number stands for several.
    static func kind(of code: Int, message: String) -> SQLError.Kind {
        if let known = kinds[code] { return known }
        if isLost(code) || unreachable.contains(code) { return .unavailable }
        if engineFailures.contains(code) { return engineKind(message) }
        return .other
    }

    /// Returns whether the connection is lost or unusable after `code`.
    static func isLost(_ code: Int) -> Bool { lost.contains(code) || (5_013...5_014).contains(code) }

    /// Returns whether the server has rolled the whole transaction back, or the driver has to before it runs the
    /// closure again.
    static func endsTransaction(_ code: Int) -> Bool { transactionEnders.contains(code) }

    /// Returns whether the prepared statement is unusable and preparing it again helps.
    static func needsPreparing(_ code: Int) -> Bool { [1_243, 1_615, 2_057].contains(code) }

    /// The code of a server that holds its maximum of prepared statements.
    static let tooManyStatements = 1_461
    /// The code for a plugin of a login method that could not be loaded.
    static let pluginMissing = 2_059
    /// The code for a packet that is larger than the client library sends.
    static let packetTooLarge = 2_020

    private static let kinds: [Int: SQLError.Kind] = [
        1_062: .unique, 1_169: .unique, 1_586: .unique, 1_859: .unique,
        1_216: .foreignKey, 1_217: .foreignKey, 1_451: .foreignKey, 1_452: .foreignKey,
        3_819: .check, 4_025: .check,
        1_048: .notNull, 1_263: .notNull, 1_364: .notNull,
        1_153: .outOfRange, 1_264: .outOfRange, 1_265: .outOfRange, 1_292: .outOfRange, 1_366: .outOfRange,
        1_367: .outOfRange, 1_406: .outOfRange, 1_690: .outOfRange, packetTooLarge: .outOfRange,
        1_020: .conflict, 1_213: .conflict, 1_614: .conflict, 3_101: .conflict, 3_572: .lockTimeout,
        1_205: .lockTimeout,
        1_021: .diskFull, 1_114: .diskFull,
        1_317: .interrupted, 1_969: .interrupted, 3_024: .interrupted,
    ]

    /// The codes of a shutdown, network trouble, a killed or idle connection, or a node that became read-only or left
    /// its cluster.
    private static let lost: Set<Int> = [
        1_047, 1_053, 1_077, 1_079, 1_080, 1_152, 1_153, 1_158, 1_159, 1_160, 1_161, 1_184, 1_290, 1_836, 1_927,
        2_006, 2_013, 2_014, 2_020, 2_027, 2_055, 3_169, 4_031,
    ]

    /// The codes of a server that refuses the login.
    private static let unreachable: Set<Int> = [
        1_040, 1_044, 1_045, 1_049, 1_129, 1_130, 1_203, 1_226, 1_698, 2_001, 2_002, 2_003, 2_004, 2_005, 2_007, 2_008,
        2_012, 2_026, 2_049, 2_059, 2_061, 5_000, 5_001, 5_008, 5_010, 5_012,
    ]

    private static let transactionEnders: Set<Int> = [1_020, 1_180, 1_205, 1_206, 1_213, 1_614, 3_101]

    /// The codes of failures of a file or the storage engine, whose message carries the reason's number.
    private static let engineFailures: Set<Int> = [3, 1_003, 1_006, 1_026, 1_030, 1_180]

    private static func engineKind(_ message: String) -> SQLError.Kind {
        let words = message.cut { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
        if words.contains("28") { return .diskFull }
        if words.contains("149") { return .conflict }
        return .other
    }
}
