import FoundationEssentials
import Glibc

/// A server in Python that a test sends to; it ends when this is released, or with the test's process.
public final class OutboundPeer {
    public struct Greeting: Decodable, Sendable {
        public let port: Int
        public let certificate: String
    }

    public let greeting: Greeting
    private let process: ChildProcess

    /// Starts a script of `Tests/TestSupport/Peers` and waits until it listens.
    public init(_ script: String, _ arguments: String...) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let path = folder.appending(path: "Peers/\(script)").path
        let python = getenv("KONTOR_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
        process = try ChildProcess([python, "-B", path] + arguments)
        greeting = try JSONDecoder().decode(Greeting.self, from: Data(process.line()))
    }

    /// The next line that the peer says.
    public func next<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(process.line()))
    }

    /// Runs `body` with a file that holds the peer's certificate.
    public func withCertificate<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-test-\(UUID().uuidString).pem")
        try Data(greeting.certificate.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }
}
