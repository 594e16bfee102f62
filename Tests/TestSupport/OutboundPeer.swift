import FoundationEssentials
import Glibc

/// A server in Python that a test sends to; it ends when this is released, or with the test's process.
public final class OutboundPeer: Sendable {
    /// The first line that each peer prints, as JSON.
    public struct Greeting: Decodable, Sendable {
        /// The port of 127.0.0.1 that it listens on.
        public let port: Int
        /// Its certificate as PEM; empty where it speaks without TLS.
        public let certificate: String
    }

    /// What it said when it began to listen.
    public let greeting: Greeting
    private let process: ChildProcess

    /// Starts a script of `Tests/TestSupport/Peers` and waits until it listens.
    ///
    /// - Throws: `ChildProcessError` where it does not start, `DecodingError` where its greeting is none.
    public init(_ script: String, _ arguments: String...) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let path = folder.appending(path: "Peers/\(script)").path
        let python = getenv("KONTOR_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
        process = try ChildProcess([python, "-B", path] + arguments)
        greeting = try JSONDecoder().decode(Greeting.self, from: Data(process.line()))
    }

    /// Waits for the next line that the peer says and decodes it as JSON.
    ///
    /// - Throws: `ChildProcessError` where it has ended, `DecodingError`.
    public func next<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(process.line()))
    }

    /// Runs `body` with a file that holds the peer's certificate.
    ///
    /// - Throws: whatever `body` throws, or why there is no file.
    public func withCertificate<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-test-\(UUID().uuidString).pem")
        try Data(greeting.certificate.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }
}
