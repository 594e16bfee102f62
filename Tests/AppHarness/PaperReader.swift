import Foundation
import Primitives
import TestSupport
import Testing

/// Reads PDFs with poppler's programs, and bar codes in them with zbar's.
package enum PaperReader {
    private static let threads = WorkThreads(count: 2, limit: 100)

    /// Returns the text of a document, laid out as on its pages, which a form feed ends.
    package static func text(_ pdf: [UInt8]) async throws -> String {
        try await read(pdf, ["pdftotext", "-layout"], ["-"])
    }

    package static func fonts(_ pdf: [UInt8]) async throws -> String { try await read(pdf, ["pdffonts"], []) }

    /// Returns what a scanner reads of bar codes on all pages of a document, in no particular order.
    package static func barcodes(_ pdf: [UInt8]) async throws -> [String] {
        try await withTemporaryFolder { folder in
            let file = folder + "/paper.pdf"
            try Data(pdf).write(to: URL(filePath: file))
            return try await threads.run {
                let drawn = try ChildProcess(["pdftoppm", "-png", "-gray", "-r", "300", file, folder + "/page"])
                _ = drawn.rest()
                try #require(drawn.wait() == 0)
                let pages = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".png") }
                let child = try ChildProcess(
                    ["zbarimg", "--quiet", "--nodbus", "--raw", "-Sdisable", "-Scode128.enable", "-Sean13.enable"]
                        + pages.sorted().map { folder + "/" + $0 })
                let text = String(decoding: child.rest(), as: UTF8.self)
                #expect(child.wait() == 0)
                return text.split(separator: "\n").map(String.init)
            }
        }
    }

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
