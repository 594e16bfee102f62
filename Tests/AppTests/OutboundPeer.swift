import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A server in Python that a test sends to; it ends when this is released, or with the test's process.
final class OutboundPeer {
    struct Greeting: Decodable {
        let port: Int
        let certificate: String
    }

    let greeting: Greeting
    private let process: ChildProcess

    /// Starts a script of `Tests/TestSupport/Peers` and waits until it listens.
    init(_ script: String, _ arguments: String...) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let path = folder.appending(path: "TestSupport/Peers/\(script)").path
        let python = getenv("KONTOR_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
        process = try ChildProcess([python, "-B", path] + arguments)
        greeting = try JSONDecoder().decode(Greeting.self, from: Data(process.line()))
    }

    /// The next line that the peer says.
    func next<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(process.line()))
    }

    /// Runs `body` with a file that holds the peer's certificate.
    func withCertificate<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-test-\(UUID().uuidString).pem")
        try Data(greeting.certificate.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }
}

/// The kind of the `OutboundError` that a test expects, apart from its words.
func outcome<Value>(_ body: () async throws -> Value) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
