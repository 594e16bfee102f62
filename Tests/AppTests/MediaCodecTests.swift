import AppHarness
import Media
import Primitives
import Testing

@Suite struct MediaCodecTests {
    @Test func `pixels come back from a PNG as they went in`() throws {
        let rgb = RandomSource.seeded(1).bytes(17 * 5 * 3)
        let png = try ImageCodec.encodePNG(rgb: rgb, width: 17, height: 5)
        #expect(try ImageCodec.probe(png) == ImageProbe(format: .png, width: 17, height: 5))
        let image = try ImageCodec.decode(png, maxPixels: 85)
        #expect((image.width, image.height) == (17, 5))
        for pixel in 0..<85 {
            #expect(Array(image.rgba[(pixel * 4)..<(pixel * 4 + 3)]) == Array(rgb[(pixel * 3)..<(pixel * 3 + 3)]))
            #expect(image.rgba[pixel * 4 + 3] == 255)
        }
    }

    @Test func `JPEGs are read whether baseline, progressive or in four inks`() throws {
        for bytes in [MediaFixtures.jpeg, MediaFixtures.progressiveJPEG, MediaFixtures.cmykJPEG] {
            let image = try ImageCodec.decode(bytes, maxPixels: 128)
            #expect((image.width, image.height) == (16, 8))
            #expect(close(color(image, 2, 3), [220, 30, 30, 255]))
            #expect(close(color(image, 13, 3), [30, 30, 220, 255]))
        }
    }

    @Test(arguments: [(3, 13, 3, 16), (6, 3, 2, 8), (8, 3, 13, 8), (5, 3, 2, 8), (2, 13, 3, 16), (1, 2, 3, 16)])
    func `a JPEG is turned upright as its EXIF data says`(
        _ orientation: UInt8, _ x: Int, _ y: Int, _ width: Int
    ) throws {
        let bytes = turned(MediaFixtures.jpeg, orientation)
        #expect(try ImageCodec.probe(bytes).width == width)
        let image = try ImageCodec.decode(bytes, maxPixels: 128)
        #expect((image.width, image.height) == (width, 128 / width))
        #expect(close(color(image, x, y), [220, 30, 30, 255]))
        let opposite = color(image, width - 1 - x, 128 / width - 1 - y)
        #expect(close(opposite, [30, 30, 220, 255]))
    }

    @Test func `greys of 16 bits and palettes with transparency become RGBA`() throws {
        let grey = try ImageCodec.decode(MediaFixtures.grayPNG, maxPixels: 6)
        #expect(color(grey, 1, 1) == [128, 128, 128, 255])
        let palette = try ImageCodec.decode(MediaFixtures.palettePNG, maxPixels: 8)
        #expect(color(palette, 0, 0)[3] == 0)
        #expect(color(palette, 3, 1)[3] == 255)
    }

    @Test func `an animation gives its first frame`() throws {
        let image = try ImageCodec.decode(MediaFixtures.animatedWebP, maxPixels: 60)
        #expect((image.width, image.height) == (10, 6))
        #expect(color(image, 5, 3) == [0, 200, 0, 255])
    }

    @Test func `a WebP keeps colors and transparency`() throws {
        let left: [UInt8] = [200, 40, 40, 255]
        let right: [UInt8] = [40, 40, 200, 0]
        let rgba = (0..<(32 * 32)).flatMap { $0 % 32 < 16 ? left : right }
        let image = try #require(DecodedImage(width: 32, height: 32, rgba: rgba))
        let webp = try ImageCodec.encodeWebP(image)
        #expect(try ImageCodec.probe(webp) == ImageProbe(format: .webp, width: 32, height: 32))
        let again = try ImageCodec.decode(webp, maxPixels: 1_024)
        #expect(close(color(again, 4, 16), left))
        #expect(color(again, 28, 16)[3] == 0)
    }

    @Test func `scaling down takes the mean of the area and keeps the proportions`() throws {
        let white: [UInt8] = [255, 255, 255, 255]
        let black: [UInt8] = [0, 0, 0, 255]
        let chequers = (0..<(40 * 20)).flatMap { ($0 % 40 + $0 / 40).isMultiple(of: 2) ? white : black }
        let image = try #require(DecodedImage(width: 40, height: 20, rgba: chequers))
        let small = try ImageCodec.resized(image, toFit: 10)
        #expect((small.width, small.height) == (10, 5))
        #expect(close(color(small, 3, 2), [128, 128, 128, 255], within: 1))
        let uneven = try ImageCodec.resized(image, toFit: 7)
        #expect((uneven.width, uneven.height) == (7, 4))
        #expect(close(color(uneven, 3, 2), [128, 128, 128, 255], within: 14))
    }

    @Test func `a transparent neighbor lends no color to a scaled pixel`() throws {
        let image = try #require(DecodedImage(width: 2, height: 1, rgba: [250, 10, 20, 255, 0, 255, 0, 0]))
        #expect(try ImageCodec.resized(image, toFit: 1).rgba == [250, 10, 20, 128])
    }

    @Test func `a picture that fits is not scaled`() throws {
        let image = try ImageCodec.decode(MediaFixtures.jpeg, maxPixels: 128)
        #expect(try ImageCodec.resized(image, toFit: 16) == image)
        #expect(try ImageCodec.resized(image, toFit: 400) == image)
    }

    @Test func `an image without the right number of bytes is none`() {
        #expect(DecodedImage(width: 2, height: 2, rgba: [UInt8](repeating: 0, count: 15)) == nil)
        #expect(DecodedImage(width: 0, height: 2, rgba: []) == nil)
        #expect(throws: ImageError.broken) { try ImageCodec.encodePNG(rgb: [1, 2, 3], width: 2, height: 1) }
    }

    private func color(_ image: DecodedImage, _ x: Int, _ y: Int) -> [UInt8] {
        let place = (y * image.width + x) * 4
        return Array(image.rgba[place..<(place + 4)])
    }

    private func close(_ left: [UInt8], _ right: [UInt8], within gap: Int = 12) -> Bool {
        zip(left, right).allSatisfy { abs(Int($0) - Int($1)) <= gap }
    }

    /// Returns the JPEG with an EXIF segment put in front that holds nothing but the orientation.
    private func turned(_ jpeg: [UInt8], _ orientation: UInt8) -> [UInt8] {
        let entry: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
        let tiff: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1] + entry + [0, 0, 0, 0]
        let content = Array("Exif".utf8) + [0, 0] + tiff
        return Array(jpeg.prefix(2)) + [0xFF, 0xE1, 0, UInt8(content.count + 2)] + content + Array(jpeg.dropFirst(2))
    }
}
