import Foundation
import TestSupport

/// A `kontor serve` in a process of its own, which can be killed.
final class ShopProcess: Sendable {
    let probe: HTTPProbe
    private let process: ChildProcess

    /// Starts the program over `database`, with `words` behind its command, and waits until it says where it listens.
    /// `givingWay` lets whatever else the machine does go first.
    ///
    /// - Throws: `ChildProcessError` where it ends before.
    init(
        over database: String, data: String, settings: [String: String] = [:], _ words: [String] = [],
        givingWay: Bool = false
    ) async throws {
        let process = try Self.start(
            ["serve", "--port", "0"] + words, database, data, settings, under: givingWay ? ["nice", "-n", "19"] : [])
        probe = HTTPProbe(port: try await ChildProcess.waiting { try Self.port(process) })
        self.process = process
    }

    /// Returns where the program says that it listens.
    private static func port(_ process: ChildProcess) throws -> Int {
        while true {
            let line = String(decoding: try process.line(), as: UTF8.self)
            if let match = line.firstMatch(of: #/http://127\.0\.0\.1:(\d+)$/#), let port = Int(match.1) { return port }
        }
    }

    /// Runs another command of the program to its end and gives what it printed.
    ///
    /// - Throws: `ChildProcessError` where it ends with an error.
    @discardableResult
    static func run(
        _ words: [String], over database: String, data: String, settings: [String: String] = [:]
    ) async throws -> String {
        let process = try start(words, database, data, settings)
        let (said, code) = try await ChildProcess.waiting {
            (String(decoding: process.rest(), as: UTF8.self), process.wait())
        }
        guard code == 0 else { throw ChildProcessError(description: "kontor \(words) failed: \(said)") }
        return said
    }

    /// Returns the next line of what it says.
    ///
    /// - Throws: `ChildProcessError` where it ends before.
    func line() async throws -> String {
        let process = process
        return try await ChildProcess.waiting { String(decoding: try process.line(), as: UTF8.self) }
    }

    /// Kilobytes that it has under `field` of the system's notes; nil where it has ended.
    func memory(_ field: String) -> Int? { process.memory(field) }

    /// Has `VmHWM` be counted from now on.
    func forgetPeak() { process.forgetPeak() }

    /// Starts another command of the program and kills it after so long, wherever it then is.
    static func runKilled(_ words: [String], over database: String, data: String, after milliseconds: Int) throws {
        let process = try start(words, database, data, [:])
        // Not to wait for something: this is the moment of the kill.
        usleep(UInt32(milliseconds) * 1_000)
        process.signal(SIGKILL)
        process.wait()
    }

    /// Ends the process in the middle of what it does.
    func kill() { process.signal(SIGKILL) }

    /// Tells the process that its terminal is gone.
    func hangUp() { process.signal(SIGHUP) }

    /// Ends the process gracefully and gives its exit code.
    func terminate() async throws -> Int32 {
        process.signal(SIGTERM)
        return try await wait()
    }

    /// Waits for the end: the exit code, or the negative number of the signal that ended it.
    @discardableResult
    func wait() async throws -> Int32 {
        let process = process
        return try await ChildProcess.waiting { process.wait() }
    }

    private static func start(
        _ words: [String], _ database: String, _ data: String, _ settings: [String: String],
        under command: [String] = []
    ) throws -> ChildProcess {
        let environment = [
            "DATABASE_URL": database, "DATA_DIR": data, "RATE_LIMITS": "off", "LOG_LEVEL": "error",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        return try ChildProcess(
            command + [program().path] + words, environment: environment.merging(settings) { $1 })
    }

    /// Returns the program that was built with these tests: it lies beside them.
    static func program() -> URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "kontor")
    }
}
