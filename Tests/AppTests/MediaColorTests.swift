import AppHarness
import FoundationEssentials
import Media
import Pictures
import Primitives
import TestSupport
import Testing

/// A folder of pictures as shops are sent them, made by other programs; littleCMS says what their colors are.
@Suite struct MediaColorTests {
    /// A picture of the folder, as it is to come out.
    private struct Sample: Decodable {
        let name: String
        let width: Int
        let height: Int
    }

    @Test func `pictures of every kind come out upright and in the colors that littleCMS says`() async throws {
        try await withTemporaryFolder { folder in
            let listed = try await TestPython.output(ofPeer: "pictures.py", folder)
            let samples = try JSONDecoder().decode([Sample].self, from: Data(listed))
            #expect(samples.count >= 40)
            let studio = PictureStudio(MemoryMediaStore())
            for sample in samples {
                let path = "\(folder)/\(sample.name)"
                let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
                let wanted = [UInt8](try Data(contentsOf: URL(filePath: path + ".rgba")))
                let probe = try ImageCodec.probe(bytes)
                #expect((probe.width, probe.height) == (sample.width, sample.height), "\(sample.name)")
                let image = try ImageCodec.decode(bytes, maxPixels: 10_000)
                #expect(maxGap(image.rgba, wanted) <= 3, "\(sample.name)")
                let kept = try await studio.store(bytes, in: "products")
                #expect((kept.width, kept.height) == (sample.width, sample.height), "\(sample.name)")
            }
        }
    }

    @Test func `a JPEG that lacks more than its end mark is still broken`() throws {
        for file in [MediaFixtures.jpeg, MediaFixtures.progressiveJPEG, MediaFixtures.cmykJPEG] {
            let whole = try ImageCodec.decode(file, maxPixels: 128)
            #expect(try ImageCodec.decode(Array(file.dropLast(1)), maxPixels: 128) == whole)
            #expect(try ImageCodec.decode(Array(file.dropLast(2)), maxPixels: 128) == whole)
            #expect(throws: ImageError.broken) { try ImageCodec.decode(Array(file.dropLast(3)), maxPixels: 128) }
        }
        let scans = MediaFixtures.progressiveJPEG.indices.filter { index in
            MediaFixtures.progressiveJPEG[index...].starts(with: [0xFF, 0xDA])
        }
        for scan in scans {
            let cut = Array(MediaFixtures.progressiveJPEG[..<scan])
            #expect(throws: ImageError.broken) { try ImageCodec.decode(cut, maxPixels: 128) }
        }
    }

    @Test func `compressed data may look like markup, an archive or a document`() throws {
        let words = ["<svg", "<SCRIPT", "<?php", "PK\u{5}\u{6}", "<html"]
        let noise = RandomSource.seeded(8).bytes(60_000).map { $0 == 0xFF ? 0 : $0 }
        for word in words {
            let data = noise.prefix(40_000) + Array(word.utf8) + noise.suffix(20_000)
            let picture = Self.picture(withData: Array(data))
            #expect(!PolyglotCheck.isPolyglot(picture), "\(word)")
            // A film behind the picture, as phones put it there.
            #expect(!PolyglotCheck.isPolyglot(picture + [0, 0, 0, 24] + Array("ftypmp42".utf8) + data), "\(word)")
        }
    }

    @Test func `markup before the data and behind the end is still seen`() throws {
        for word in ["<svg onload=alert(1)>", "\n <ScRiPt>", "<!DOCTYPE html>", "<?php"] {
            let data = RandomSource.seeded(8).bytes(3_000).map { $0 == 0xFF ? 0 : $0 }
            #expect(PolyglotCheck.isPolyglot(Self.picture(withData: data) + Array(word.utf8)), "\(word)")
            #expect(PolyglotCheck.isPolyglot(Self.picture(withData: data, comment: word)), "\(word)")
            #expect(PolyglotCheck.isPolyglot(MediaFixtures.grayPNG + Array(word.utf8)), "\(word)")
            #expect(PolyglotCheck.isPolyglot(MediaFixtures.animatedWebP + Array(word.utf8)), "\(word)")
        }
    }

    /// Returns a JPEG's container around `data`, which are not decoded.
    private static func picture(withData data: [UInt8], comment: String = "a photograph") -> [UInt8] {
        let words = Array(comment.utf8)
        return [0xFF, 0xD8, 0xFF, 0xFE, 0, UInt8(words.count + 2)] + words + [0xFF, 0xDA, 0, 3, 0] + data + [
            0xFF, 0xD9,
        ]
    }

    /// Returns how far two pictures' channels are apart where something is to be seen.
    private func maxGap(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count == right.count else { return .max }
        return stride(from: 0, to: left.count, by: 4).map { pixel in
            let channels = right[pixel + 3] == 0 ? 3..<4 : 0..<4
            return channels.map { abs(Int(left[pixel + $0]) - Int(right[pixel + $0])) }.max() ?? 0
        }.max() ?? 0
    }
}
