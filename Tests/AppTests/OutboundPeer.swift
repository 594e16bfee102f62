import FoundationEssentials
import Glibc
import Testing

/// A server in Python that a test sends to; it ends when this is released, and with the test's process at the latest.
final class OutboundPeer {
    struct Greeting: Decodable {
        let port: Int
        let certificate: String
    }

    let greeting: Greeting
    private let process: pid_t
    private let input: Int32
    private let output: Int32
    private var unread: [UInt8] = []

    /// Starts a script of `Tests/TestSupport/Peers` and waits until it listens.
    init(_ script: String, _ arguments: String...) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let path = folder.appending(path: "TestSupport/Peers/\(script)").path
        let python = getenv("KONTOR_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
        (self.process, self.input, self.output) = try Self.start([python, "-B", path] + arguments)
        var buffer: [UInt8] = []
        let line = try Self.line(from: output, &buffer)
        self.greeting = try JSONDecoder().decode(Greeting.self, from: line)
        self.unread = buffer
    }

    deinit {
        close(input)
        close(output)
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// The next line that the peer says.
    func next<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Self.line(from: output, &unread))
    }

    /// Runs `body` with a file that holds the peer's certificate.
    func withCertificate<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-test-\(UUID().uuidString).pem")
        try Data(greeting.certificate.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }

    private static func start(_ command: [String]) throws -> (pid_t, Int32, Int32) {
        let toPeer = try pipe()
        let fromPeer = try pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toPeer.reading, 0)
        posix_spawn_file_actions_adddup2(&actions, fromPeer.writing, 1)
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawnp(&process, command[0], &actions, nil, &words, environ)
        close(toPeer.reading)
        close(fromPeer.writing)
        try #require(code == 0, "the peer does not start")
        return (process, toPeer.writing, fromPeer.reading)
    }

    /// A pipe whose ends are not handed on to other processes.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        let code = Glibc.pipe(&ends)
        try #require(code == 0, "the system gives no pipe")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func line(from file: Int32, _ unread: inout [UInt8]) throws -> Data {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(unread[..<end])
                unread.removeSubrange(...end)
                return line
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = read(file, &chunk, chunk.count)
            try #require(count > 0, "the peer has ended")
            unread += chunk[..<count]
        }
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
