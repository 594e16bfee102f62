import Primitives
import Testing

@testable import Web

/// Forms that were made of parts come apart into the same parts.
@Suite struct MultipartRoundTripTests {
    private struct Part {
        let name: String
        let fileName: String?
        let content: [UInt8]
    }

    private static let boundary = "--b-7"

    private static func parts(_ random: RandomSource) -> [Part] {
        let texts = [
            "a", "\r\n", "\r", "\n", "--", "--\(boundary.dropLast())", "\0", "é",
            "Content-Disposition: form-data; name=\"x\"",
            "\r\n\r\n",
        ]
        let pieces = texts.map { Array($0.utf8) }
        return (0..<random.number(below: 5)).map { number in
            let content = (0..<random.number(below: 6)).flatMap { _ in pieces[random.number(below: pieces.count)] }
            let isFile = random.number(below: 2) == 0
            return Part(
                name: "p\(number)", fileName: isFile ? "f\(number).png" : nil, content: content + (isFile ? [0xFF] : [])
            )
        }
    }

    private static func written(_ parts: [Part], _ random: RandomSource) -> [UInt8] {
        var body = Array((random.number(below: 2) == 0 ? "" : "a preamble\r\n").utf8)
        for part in parts {
            let file = part.fileName.map { "; filename=\"\($0)\"" } ?? ""
            let blank = random.number(below: 3) == 0 ? " \t" : ""
            body += Array(
                "--\(boundary)\(blank)\r\ncontent-disposition: Form-Data; name=\"\(part.name)\"\(file)\r\nX-More: y\r\n\r\n"
                    .utf8)
            body += part.content + [0x0D, 0x0A]
        }
        return body + Array("--\(boundary)--\r\nan epilogue".utf8)
    }

    @Test(arguments: 1...4)
    func `texts and files come back byte by byte, whatever of a boundary they hold`(_ seed: UInt64) throws {
        let random = RandomSource.seeded(seed)
        for _ in 0..<1_000 {
            let parts = Self.parts(random)
            let form = try MultipartForm(parsing: Self.written(parts, random), boundary: Self.boundary)
            #expect(form.values.count + form.files.count == parts.count)
            for part in parts {
                if let fileName = part.fileName {
                    #expect(form.files[part.name]?.fileName == fileName && form.files[part.name]?.bytes == part.content)
                } else {
                    #expect(form.values[part.name].map { Array($0.utf8) } == part.content)
                }
            }
        }
    }

    @Test func `a form that is cut off anywhere is refused`() throws {
        let random = RandomSource.seeded(9)
        let parts = [
            Part(name: "a", fileName: nil, content: Array("x\r\ny".utf8)),
            Part(name: "b", fileName: "f", content: [1, 2]),
        ]
        let whole = Self.written(parts, random)
        let end =
            try #require(whole.firstRange(of: Array("--\(Self.boundary)--".utf8), from: 0)) + Self.boundary.utf8.count
            + 4
        for length in 0..<end {
            #expect(throws: MalformedRequest.self) {
                try MultipartForm(parsing: Array(whole.prefix(length)), boundary: Self.boundary)
            }
        }
        #expect(try MultipartForm(parsing: Array(whole.prefix(end)), boundary: Self.boundary).values.count == 1)
    }
}
