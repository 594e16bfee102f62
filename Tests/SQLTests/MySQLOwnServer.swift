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

    /// Sends it a signal: SIGSTOP has it say nothing more, SIGCONT go on.
    func send(_ signal: Int32) throws {
        let text = Self.output(of: "cat '\(folder)/process'")
        guard let process = pid_t(text.filter(\.isNumber)) else { throw Refusal(reason: "no process") }
        _ = Glibc.kill(process, signal)
    }

    /// Starts it on its old port, with its old data.
    func startAgain() async {
        _ = await Self.script("start", folder, "--port", "\(port)")
    }

    /// Runs the script that started the run's own server, `scripts/mariadb` unless `KONTOR_TEST_MYSQL_SCRIPT` names another,
    /// and gives what it prints.
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
