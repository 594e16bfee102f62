import Media
import Testing

@Suite struct MediaPictureTests {
    @Test(arguments: Motif.allCases)
    func `a product picture is the same for the same arguments and another for others`(_ motif: Motif) throws {
        let picture = try ProductPicture.draw(motif, seed: 7, hue: 200, size: 96)
        #expect(try ImageCodec.probe(picture) == ImageProbe(format: .png, width: 96, height: 96))
        #expect(try ProductPicture.draw(motif, seed: 7, hue: 200, size: 96) == picture)
        #expect(try ProductPicture.draw(motif, seed: 8, hue: 200, size: 96) != picture)
        #expect(try ProductPicture.draw(motif, seed: 7, hue: 20, size: 96) != picture)
    }

    @Test func `no two motifs look alike, and each has many colors`() throws {
        let pictures = try Motif.allCases.map { try ProductPicture.draw($0, seed: 1, hue: 90, size: 64) }
        #expect(Set(pictures).count == Motif.allCases.count)
        for picture in pictures {
            let image = try ImageCodec.decode(picture, maxPixels: 4_096)
            let colors = Set((0..<4_096).map { Array(image.rgba[($0 * 4)..<($0 * 4 + 3)]) })
            #expect(colors.count > 200)
        }
    }

    @Test(arguments: [0, -1, 2_049])
    func `a size out of range is refused`(_ size: Int) {
        #expect(throws: ImageError.tooLarge) { try ProductPicture.draw(.mug, seed: 1, hue: 0, size: size) }
    }

    @Test func `a picture of one pixel can be drawn`() throws {
        #expect(try ImageCodec.probe(ProductPicture.draw(.plant, seed: 1, hue: 0, size: 1)).pixelCount == 1)
    }
}
