import FoundationEssentials
import Media
import Pictures
import Primitives
import TestSupport
import Testing

@Suite struct QRCodeTests {
    private static let texts = [
        "otpauth://totp/Kontor:ada%40example.com?secret=JBSWY3DPEHPK3PXP"
            + "&issuer=Kontor&algorithm=SHA1&digits=6&period=30",
        "Zażółć gęślą jaźń", "Съешь ещё этих булок", "漢字 and 🎉", "ü", "a", "7", " spaces ", "lower UPPER",
        "a\"<&'>b", "two\nlines", String(repeating: "Kontor 2FA", count: 50), String(repeating: "é", count: 500),
    ]

    private static let threads = WorkThreads(count: 2, limit: 100)

    @Test(arguments: texts)
    func `a reader finds in the picture what was put in`(_ text: String) async throws {
        #expect(try await Self.read(try QRCode(text).png()) == text)
    }

    @Test(arguments: [("k", 2_331), ("é", 1_165)])
    func `a reader copes with the longest text`(_ unit: String, _ count: Int) async throws {
        let code = try QRCode(String(repeating: unit, count: count))
        #expect(code.width == 177)
        #expect(try await Self.read(try code.png()) == String(repeating: unit, count: count))
    }

    @Test func `a reader copes with a small picture`() async throws {
        #expect(try await Self.read(try QRCode("Kontor").png(scale: 2)) == "Kontor")
    }

    @Test(arguments: texts)
    func `the drawing has the modules of the picture, each run of a row once`(_ text: String) throws {
        let code = try QRCode(text)
        let side = code.width + 2 * QRCode.quietZone
        let picture = try ImageCodec.decode(code.png(scale: 1), maxPixels: side * side)
        #expect((picture.width, picture.height) == (side, side))
        let dark = (0..<(side * side)).filter { picture.rgba[4 * $0] == 0 }
        #expect(try Self.drawn(code.svg(), side: side) == dark)
    }

    @Test func `the picture is black on white with a quiet zone, each module a square`() throws {
        let code = try QRCode("Kontor")
        let side = (code.width + 8) * 3
        let picture = try ImageCodec.decode(code.png(scale: 3), maxPixels: side * side)
        #expect((picture.width, picture.height) == (side, side))
        for pixel in 0..<(side * side) {
            let isDark = code[pixel % side / 3 - 4, pixel / side / 3 - 4]
            let color: [UInt8] = isDark ? [0, 0, 0, 255] : [255, 255, 255, 255]
            try #require(Array(picture.rgba[(4 * pixel)..<(4 * pixel + 4)]) == color)
        }
    }

    @Test func `every corner but one has a finder, and outside the code all is light`() throws {
        let code = try QRCode("Kontor")
        let last = code.width - 1
        #expect(code[0, 0] && code[last, 0] && code[0, last])
        #expect(!code[1, 1] && !code[last - 1, 1] && !code[1, last - 1])
        #expect(!code[-1, 0] && !code[0, -1] && !code[code.width, 0] && !code[0, code.width])
    }

    @Test func `the drawing refers to nothing outside and runs no script`() throws {
        let svg = try QRCode("<script>alert(1)</script>").svg()
        for part in ["script", "href", "style", "url(", "<!"] { #expect(!svg.contains(part), "\(part)") }
        #expect(svg.contains(#"shape-rendering="crispEdges""#))
        #expect(svg.matches(of: /<(\w+)/).map(\.1) == ["svg", "rect", "path"])
    }

    @Test func `the data URL holds the picture`() throws {
        for count in 1...6 {
            let code = try QRCode(String(repeating: "k", count: count * 10))
            let url = try code.pngDataURL()
            let prefix = "data:image/png;base64,"
            try #require(url.hasPrefix(prefix))
            let bytes = try #require(Data(base64Encoded: String(url.dropFirst(prefix.count))))
            #expect(Array(bytes) == (try code.png()))
        }
    }

    @Test(arguments: [("k", 2_332), ("k", 4_000), ("é", 1_166), ("k", 3_000_000)])
    func `a text that no code holds is refused`(_ unit: String, _ count: Int) {
        #expect(throws: QRCodeError.tooLong) { try QRCode(String(repeating: unit, count: count)) }
    }

    @Test func `no text and a senseless scale are refused`() throws {
        #expect(throws: QRCodeError.empty) { try QRCode("") }
        let code = try QRCode("Kontor")
        for scale in [0, -1, 21, Int.max, Int.min] {
            #expect(throws: ImageError.tooLarge, "\(scale)") { try code.png(scale: scale) }
        }
    }

    @Test func `the same text gives the same code, on many threads at once`() async throws {
        let first = try QRCode("Kontor")
        #expect(try QRCode("kontor") != first)
        try await withThrowingTaskGroup(of: QRCode.self) { group in
            for _ in 0..<50 { group.addTask { try await Self.threads.run { try QRCode("Kontor") } } }
            for try await code in group { #expect(code == first) }
        }
    }

    /// Returns what zbar's program reads in the picture.
    private static func read(_ png: [UInt8]) async throws -> String {
        try await withTemporaryFolder { folder in
            let file = folder + "/code.png"
            try Data(png).write(to: URL(filePath: file))
            return try await threads.run {
                let child = try ChildProcess(
                    ["zbarimg", "--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable", file])
                let text = String(decoding: child.rest(), as: UTF8.self)
                #expect(child.wait() == 0)
                return text.hasSuffix("\n") ? String(text.dropLast()) : text
            }
        }
    }

    /// Returns the units that the drawing's runs cover, in order; a run that touches another of its row is a failure.
    private static func drawn(_ svg: String, side: Int) throws -> [Int] {
        #expect(svg.contains(#"viewBox="0 0 \#(side) \#(side)""#))
        #expect(svg.contains(##"<rect width="\##(side)" height="\##(side)" fill="#fff"/>"##))
        let path = try #require(svg.firstMatch(of: /d="([^"]*)"/)?.1)
        let runs = path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/)
        #expect(runs.map { String($0.0) }.joined() == path)
        var units: [Int] = []
        for run in runs {
            let (x, y) = (try #require(Int(run.1)), try #require(Int(run.2)))
            #expect(run.3 == run.4)
            #expect(units.last != y * side + x - 1)
            units += try (0..<(#require(Int(run.3)))).map { y * side + x + $0 }
        }
        return units
    }
}
