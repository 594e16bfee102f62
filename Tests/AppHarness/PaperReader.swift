import Foundation
import Primitives
import TestSupport
import Testing

/// Reads PDFs with poppler's programs.
package enum PaperReader {
    private static let threads = WorkThreads(count: 2, limit: 100)

    /// Returns the text of a document, laid out as on its pages, which a form feed ends.
    package static func text(_ pdf: [UInt8]) async throws -> String {
        try await read(pdf, ["pdftotext", "-layout"], ["-"])
    }

    package static func fonts(_ pdf: [UInt8]) async throws -> String { try await read(pdf, ["pdffonts"], []) }

    private static func read(_ pdf: [UInt8], _ command: [String], _ more: [String]) async throws -> String {
        try #require(pdf.starts(with: Array("%PDF-".utf8)))
        return try await withTemporaryFolder { folder in
            let file = folder + "/paper.pdf"
            try Data(pdf).write(to: URL(filePath: file))
            return try await threads.run {
                let child = try ChildProcess(command + [file] + more)
                let text = String(decoding: child.rest(), as: UTF8.self)
                #expect(child.wait() == 0)
                return text
            }
        }
    }
}
