import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// A program that a test runs beside itself; it is killed with this at the latest.
public final class ChildProcess: Sendable {
    private let identifier: pid_t
    private let input: Int32
    private let output: Int32
    private let unread = Mutex<[UInt8]>([])
    private let ending = Mutex<Int32?>(nil)

    /// Starts the program named by `command`'s first word; without an `environment` it gets the test's own.
    ///
    /// - Throws: `ChildProcessError` where it does not start.
    public init(_ command: [String], environment: [String: String]? = nil) throws {
        // One at a time: a program that starts between a pipe and its flag would hold it open.
        (identifier, input, output) = try Self.starting.withLock { _ in try Self.start(command, environment) }
    }

    private static let starting = Mutex(())

    private static func start(
        _ command: [String], _ environment: [String: String]?
    ) throws -> (identifier: pid_t, input: Int32, output: Int32) {
        let (toChild, fromChild) = (try makePipe(), try makePipe())
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild.reading, 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild.writing, 1)
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        let visible = environment ?? ProcessInfo.processInfo.environment
        var variables: [UnsafeMutablePointer<CChar>?] = visible.map { strdup("\($0)=\($1)") } + [nil]
        defer { variables.forEach { free($0) } }
        var identifier = pid_t()
        let code = posix_spawnp(&identifier, command[0], &actions, nil, &words, &variables)
        close(toChild.reading)
        close(fromChild.writing)
        guard code == 0 else { throw ChildProcessError(description: "\(command[0]) does not start: \(code)") }
        return (identifier, toChild.writing, fromChild.reading)
    }

    deinit {
        close(input)
        close(output)
        guard ending.withLock({ $0 }) == nil else { return }
        kill(identifier, SIGKILL)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
    }

    /// Waits for the next line that it prints and returns it without its end.
    ///
    /// - Throws: `ChildProcessError` where it ends before.
    public func line() throws -> [UInt8] {
        try unread.withLock { unread in
            while true {
                if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Array(unread[..<end])
                    unread.removeSubrange(...end)
                    return line
                }
                guard let more = next() else {
                    throw ChildProcessError(
                        description: "the program ended too early: \(String(decoding: unread, as: UTF8.self))")
                }
                unread += more
            }
        }
    }

    /// Reads all that it still prints until it closes its output.
    public func rest() -> [UInt8] {
        unread.withLock { unread in
            while let more = next() { unread += more }
            return unread
        }
    }

    /// Kilobytes that the system notes of it under `field` (`VmRSS`, `VmHWM`); nil where it has ended.
    public func memory(_ field: String) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8) else {
            return nil
        }
        let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }

    /// Has the most memory it has had, `VmHWM`, be counted from now on.
    public func forgetPeak() {
        let file = open("/proc/\(identifier)/clear_refs", O_WRONLY)
        _ = write(file, "5", 1)
        close(file)
    }

    /// Sends a signal; does nothing once the program has been waited for.
    public func signal(_ number: Int32) {
        guard ending.withLock({ $0 }) == nil else { return }
        kill(identifier, number)
    }

    /// Waits for its end: the exit code, or the negative number of the signal that ended it.
    @discardableResult
    public func wait() -> Int32 {
        if let known = ending.withLock({ $0 }) { return known }
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) == -1, errno == EINTR {}
        let signal = status & 0x7f
        let result = signal == 0 ? (status >> 8) & 0xff : -signal
        ending.withLock { $0 = result }
        return result
    }

    /// Runs what waits for a program on a thread outside of Swift's pool: with as many such tests as the pool has
    /// threads all others would stand still.
    ///
    /// - Throws: whatever `work` throws.
    public static func waiting<Value: Sendable>(
        for work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }

    private func next() -> ArraySlice<UInt8>? {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(output, &chunk, chunk.count)
        return count > 0 ? chunk[..<count] : nil
    }

    /// Returns a pipe whose ends are not handed on to other processes.
    private static func makePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ChildProcessError(description: "the system gives no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

/// Why a test's program gives no answer.
public struct ChildProcessError: Error, CustomStringConvertible {
    /// The reason, with what the program printed last where it ended early.
    public let description: String

    /// Creates an error of that reason.
    public init(description: String) {
        self.description = description
    }
}
