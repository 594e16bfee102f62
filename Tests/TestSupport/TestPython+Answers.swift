import Foundation

extension TestPython {
    /// Returns what the function `answer(case)` of `script` says to each of `cases`; both travel as lines of JSON,
    /// which Foundation writes and reads.
    ///
    /// - Throws: `Failed` with what the script said where it ends with an error, `DecodingError` for answers of
    ///   another shape.
    public static func answers<Case: Encodable & Sendable, Answer: Decodable & Sendable>(
        _ script: String, to cases: [Case], as answer: Answer.Type = Answer.self
    ) async throws -> [Answer] {
        let loop = """
            \(script)
            import json, sys
            for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
                print(json.dumps(answer(json.loads(line))))
            """
        return try await ChildProcess.waiting {
            let input = try cases.map { try JSONEncoder().encode($0) + Data("\n".utf8) }
            let file = FileManager.default.temporaryDirectory.appending(path: "kontor-\(UUID().uuidString)")
            try Data(input.joined()).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let lines = try run(["-c", loop, file.path]).split(separator: UInt8(ascii: "\n"))
            guard lines.count == cases.count else {
                throw Failed(description: "\(lines.count) answers to \(cases.count) cases")
            }
            return try lines.map { try JSONDecoder().decode(Answer.self, from: Data($0)) }
        }
    }
}
