import Foundation

/// The interpreter that tests ask for a second opinion: `KONTOR_TEST_PYTHON`, else `python3`.
enum Python {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// What `script` writes, given `input`.
    ///
    /// - Throws: `Failed` with what it said where it ends with an error.
    static func run(_ script: String, input: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "kontor-\(UUID().uuidString)")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["KONTOR_TEST_PYTHON"] ?? "python3"
        process.arguments = [python, "-c", script, file.path]
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

/// The bytes that a gzip stream holds.
func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    try Python.run(
        "import gzip, sys; sys.stdout.buffer.write(gzip.decompress(open(sys.argv[1], 'rb').read()))", input: bytes)
}
