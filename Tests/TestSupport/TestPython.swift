import Foundation

/// The interpreter that tests ask for a second opinion: `KONTOR_TEST_PYTHON`, else `python3`.
public enum TestPython {
    public struct Failed: Error, CustomStringConvertible {
        public let description: String
    }

    /// What `script` prints; its arguments are in `sys.argv`.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    public static func output(_ script: String, _ arguments: String...) async throws -> [UInt8] {
        try run(["-c", script] + arguments)
    }

    /// What `script` prints; the path of a file that holds `input` is in `sys.argv`.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    public static func output(_ script: String, input: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-\(UUID().uuidString)")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(["-c", script, file.path])
    }

    /// What a script of `Tests/TestSupport/Peers` prints.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    public static func output(ofPeer name: String, _ arguments: String...) async throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try run(["-B", folder.appending(path: "Peers/\(name)").path] + arguments)
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
