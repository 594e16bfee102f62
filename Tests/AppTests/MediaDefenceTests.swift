import AppHarness
import FoundationEssentials
import Media
import Primitives
import Testing

@Suite struct MediaDefenceTests {
    @Test func `a huge picture in a small file is refused before memory is taken`() throws {
        var bytes = try ImageCodec.encodePNG(rgb: [1, 2, 3], width: 1, height: 1)
        for (place, value) in [(16, 50_000), (20, 50_000)] {
            bytes.replaceSubrange(place..<(place + 4), with: bigEndian(UInt32(value)))
        }
        bytes += [UInt8](repeating: 0, count: 20_000)
        #expect(try ImageCodec.probe(bytes).pixelCount == 2_500_000_000)
        let before = peakMemory()
        for _ in 0..<50 {
            #expect(throws: ImageError.tooLarge) { try ImageCodec.decode(bytes, maxPixels: 40_000_000) }
            #expect(throws: ImageError.tooLarge) { try ImageCodec.decode(bytes, maxPixels: .max) }
        }
        #expect(before > 0)
        #expect(peakMemory() - before < 1_000_000_000, "decoding would have taken ten gigabytes")
    }

    @Test func `one pixel more than allowed is too many`() {
        #expect(throws: Never.self) { try ImageCodec.decode(MediaFixtures.jpeg, maxPixels: 128) }
        #expect(throws: ImageError.tooLarge) { try ImageCodec.decode(MediaFixtures.jpeg, maxPixels: 127) }
        #expect(throws: ImageError.tooLarge) { try ImageCodec.decode(MediaFixtures.animatedWebP, maxPixels: 59) }
        #expect(throws: ImageError.tooLarge) { try ImageCodec.decode(MediaFixtures.grayPNG, maxPixels: -1) }
    }

    @Test func `what is cut off is broken, wherever it is cut`() throws {
        let webp = try ImageCodec.encodeWebP(try ImageCodec.decode(MediaFixtures.jpeg, maxPixels: 128))
        let files = [
            MediaFixtures.jpeg, MediaFixtures.progressiveJPEG, MediaFixtures.cmykJPEG, MediaFixtures.grayPNG,
            MediaFixtures.palettePNG, webp,
        ]
        for file in files {
            for length in 12..<(file.count - 2) {
                let cut = Array(file.prefix(length))
                #expect(throws: ImageError.broken, "\(length) of \(file.count)") {
                    try ImageCodec.decode(cut, maxPixels: 1_000)
                }
            }
        }
    }

    @Test(arguments: [
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "<?xml version='1.0'?><svg/>",
        "GIF89a\u{1}\u{0}\u{1}\u{0}", "%PDF-1.7", "", "P", "RIFF\u{1}\u{1}\u{1}\u{1}WAVEfmt ", "<html>\u{89}PNG",
    ])
    func `other formats are unknown`(_ text: String) {
        #expect(throws: ImageError.unknownFormat) { try ImageCodec.probe(Array(text.utf8)) }
        #expect(throws: ImageError.unknownFormat) { try ImageCodec.decode(Array(text.utf8), maxPixels: 1_000) }
    }

    @Test func `what is appended to a picture does not survive`() throws {
        let payload = Array("<script>alert(1)</script>PK\u{3}\u{4}".utf8)
        for file in [MediaFixtures.jpeg, MediaFixtures.grayPNG, MediaFixtures.animatedWebP] {
            let image = try ImageCodec.decode(file + payload, maxPixels: 1_000)
            #expect(image == (try ImageCodec.decode(file, maxPixels: 1_000)))
            let clean = String(decoding: try ImageCodec.encodeWebP(image), as: UTF8.self)
            #expect(!clean.contains("script"))
        }
    }

    @Test func `random and damaged bytes never do worse than an error`() throws {
        var random = RandomSource.seeded(20_261_123)
        let webp = try ImageCodec.encodeWebP(try ImageCodec.decode(MediaFixtures.jpeg, maxPixels: 128))
        let files = [
            MediaFixtures.jpeg, MediaFixtures.progressiveJPEG, MediaFixtures.cmykJPEG, MediaFixtures.grayPNG,
            MediaFixtures.palettePNG, MediaFixtures.animatedWebP, webp,
        ]
        var refused = 0
        for round in 0..<2_000 {
            var bytes = files[round % files.count]
            if round.isMultiple(of: 5) { bytes = bytes.prefix(16) + random.bytes(random.number(below: 400)) }
            for _ in 0...random.number(below: 6) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            do {
                let image = try ImageCodec.decode(bytes, maxPixels: 4_000_000)
                #expect(image.rgba.count == image.width * image.height * 4)
            } catch is ImageError {
                refused += 1
            }
        }
        #expect(refused > 500)
    }

    private func bigEndian(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// Returns the most bytes of memory that this process has held.
    private func peakMemory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let number = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        return number.flatMap { Int($0) }.map { $0 * 1_024 } ?? 0
    }
}
