import Logging
import Primitives
import Testing

@testable import KontorApp

@Suite struct LogOutputTests {
    @Test(
        arguments: [
            (.stringConvertible(7), "7"), (.stringConvertible(Int64.max), "9223372036854775807"),
            (.stringConvertible(Int32(-5)), "-5"), (.stringConvertible(0.25), "0.25"),
            (.stringConvertible(Double.infinity), #""inf""#), (.stringConvertible(true), "true"), ("7", #""7""#),
            (.array([.stringConvertible(1), "a"]), #"[1,"a"]"#),
            (.dictionary(["a": .stringConvertible(2)]), #"{"a":2}"#),
        ] as [(Logger.MetadataValue, String)])
    func `numbers in the log are numbers`(_ value: Logger.MetadataValue, _ json: String) throws {
        #expect(String(decoding: try JSONBytes.encode(value.json), as: UTF8.self) == json)
    }
}
