import Foundation

/// The interpreter that tests ask for a second opinion: `KONTOR_TEST_PYTHON`, else `python3`.
public enum TestPython {
    /// An end of the interpreter with another code than 0.
    public struct Failed: Error, CustomStringConvertible {
        /// The text that it wrote to standard error.
        public let description: String
    }

    /// Runs `script` with `arguments` in `sys.argv` and returns what it prints.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    public static func output(_ script: String, _ arguments: String...) async throws -> [UInt8] {
        try run(["-c", script] + arguments)
    }

    /// Runs `script` with the path of a file that holds `input` in `sys.argv`, and returns what it prints.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    public static func output(_ script: String, input: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-\(UUID().uuidString)")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(["-c", script, file.path])
    }

    /// Runs a script of `Tests/TestSupport/Peers` and returns what it prints.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    public static func output(ofPeer name: String, _ arguments: String...) async throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let command = ["-B", folder.appending(path: "Peers/\(name)").path] + arguments
        return try await ChildProcess.waiting { try run(command) }
    }

    static func run(_ arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["KONTOR_TEST_PYTHON"] ?? "python3"
        process.arguments = [python] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let written = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: String(decoding: complaint, as: UTF8.self))
        }
        return Array(written)
    }
}
