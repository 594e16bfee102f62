import Foundation
import TestSupport

/// The program called as a person calls it, in a folder, with what it prints on both of its outputs.
enum ShopCommand {
    struct Outcome: Sendable {
        let code: Int32
        let text: String
    }

    /// Runs the program in `folder` to its end.
    static func run(
        _ words: [String], in folder: String, settings: [String: String] = [:]
    ) async throws -> Outcome {
        let environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LOG_LEVEL": "error",
        ]
        let process = try ChildProcess(
            ["sh", "-c", #"cd "$0" && exec "$@" 2>&1 </dev/null"#, folder, ShopProcess.program().path] + words,
            environment: environment.merging(settings) { $1 })
        return try await ChildProcess.waiting {
            let text = String(decoding: process.rest(), as: UTF8.self)
            return Outcome(code: process.wait(), text: text)
        }
    }
}
