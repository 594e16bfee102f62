import Dispatch
import MySQLDriver
import TestSupport

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server of one test's own, of the kind that the run tests on, which it may kill and start again.
struct MySQLOwnServer {
    private let folder: String
    let port: Int

    /// Runs `body` with a new server and removes it afterwards.
    static func run(_ body: (MySQLOwnServer) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let lines = await script("start", folder).split(separator: "\n")
            guard let url = lines.first?.split(separator: "=").last else { throw Refusal(reason: "no server") }
            let port = try MySQLConfiguration(url: String(url)).port
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(MySQLOwnServer(folder: folder, port: port))) } catch {
                outcome = .failure(error)
            }
            _ = await script("stop", folder)
            try outcome.get()
        }
    }

    /// Ends it without warning, on the calling thread.
    func kill() {
        _ = Self.output(of: Self.command(["kill", folder]))
    }

    /// Sends it a signal: SIGCONT has it go on after a `stop`.
    func send(_ signal: Int32) throws { _ = Glibc.kill(try process(), signal) }

    /// Has it say nothing more, and waits until none of its threads runs on.
    func stop() async throws {
        let process = try process()
        _ = Glibc.kill(process, SIGSTOP)
        try await poll("the server to stand still") {
            Self.output(of: "cat /proc/\(process)/task/*/status").split(separator: "\n")
                .filter { $0.hasPrefix("State:") }.allSatisfy { $0.contains("T (stopped)") }
        }
    }

    private func process() throws -> pid_t {
        let text = Self.output(of: "cat '\(folder)/process'")
        guard let process = pid_t(text.filter(\.isNumber)) else { throw Refusal(reason: "no process") }
        return process
    }

    /// Starts it on its old port, with its old data.
    func startAgain() async {
        _ = await Self.script("start", folder, "--port", "\(port)")
    }

    /// Runs the script that started the run's own server, `scripts/mariadb` unless `KONTOR_TEST_MYSQL_SCRIPT` names
    /// another, and gives what it prints.
    private static func script(_ arguments: String...) async -> String {
        let command = command(arguments)
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: output(of: command)) }
        }
    }

    private static func command(_ arguments: [String]) -> String {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let name = getenv("KONTOR_TEST_MYSQL_SCRIPT").map { String(cString: $0) } ?? "mariadb"
        return (["\(root)/scripts/\(name)"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    }

    private static func output(of command: String) -> String {
        guard let stream = popen(command, "r") else { return "" }
        defer { pclose(stream) }
        var text = ""
        var buffer = [CChar](repeating: 0, count: 1_024)
        while fgets(&buffer, Int32(buffer.count), stream) != nil {
            text += String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        return text
    }
}
