import CImage

/// Reads and writes pictures; a picture that was decoded and encoded has lost its metadata and anything appended to the
/// file.
///
/// Every function computes on the caller's thread: tens of milliseconds for a photograph.
public enum ImageCodec {
    /// The largest number of pixels that is decoded, whatever the caller allows: a gigabyte of memory.
    public static let maxPixels = 1 << 28

    /// Reads format and size without decoding a pixel.
    ///
    /// - Throws: `ImageError.unknownFormat` or `.broken`.
    public static func probe(_ bytes: [UInt8]) throws -> ImageProbe {
        var format: Int32 = 0
        var width: UInt32 = 0
        var height: UInt32 = 0
        try ImageError.check(kimage_probe(bytes, bytes.count, &format, &width, &height))
        guard let known = ImageFormat(code: format) else { throw ImageError.unknownFormat }
        return ImageProbe(format: known, width: Int(width), height: Int(height))
    }

    /// Decodes the picture, of an animation the first frame, upright as its EXIF data says and with the colors of its
    /// profile as sRGB.
    ///
    /// - Throws: `ImageError`; `.tooLarge` for more than `maxPixels`, before memory is taken or a pixel is decoded.
    public static func decode(_ bytes: [UInt8], maxPixels: Int) throws -> DecodedImage {
        let found = try probe(bytes)
        let limit = min(max(0, maxPixels), Self.maxPixels)
        guard found.pixelCount <= limit else { throw ImageError.tooLarge }
        let capacity = found.pixelCount * 4
        let rgba = try [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            try ImageError.check(kimage_decode(bytes, bytes.count, UInt64(limit), buffer.baseAddress, capacity))
            count = capacity
        }
        guard let image = DecodedImage(width: found.width, height: found.height, rgba: rgba) else {
            throw ImageError.broken
        }
        return image
    }

    /// Returns the picture as lossy WebP; `quality` is 0 to 100.
    ///
    /// - Throws: `ImageError.tooLarge` for a side of more than 16,383 pixels, `.outOfMemory`.
    public static func encodeWebP(_ image: DecodedImage, quality: Float = 82) throws -> [UInt8] {
        try encoded { bytes, length in
            kimage_webp_encode(
                image.rgba, UInt32(image.width), UInt32(image.height), min(max(quality, 0), 100), &bytes, &length)
        }
    }

    /// Returns RGB pixels (rows from the top, three bytes a pixel, no padding) as PNG.
    ///
    /// - Throws: `ImageError.broken` where their number is not `3 * width * height`, `.tooLarge`, `.outOfMemory`.
    public static func encodePNG(rgb: [UInt8], width: Int, height: Int) throws -> [UInt8] {
        guard width > 0, height > 0, width <= 1_000_000, height <= 1_000_000 else { throw ImageError.tooLarge }
        guard rgb.count == 3 * width * height else { throw ImageError.broken }
        return try encoded { bytes, length in
            kimage_png_encode(rgb, UInt32(width), UInt32(height), &bytes, &length)
        }
    }

    /// Returns the picture scaled down, proportions kept, to fit into a square of `side` pixels; unchanged where it
    /// already fits.
    ///
    /// - Throws: `ImageError.outOfMemory`.
    public static func resized(_ image: DecodedImage, toFit side: Int) throws -> DecodedImage {
        let (width, height) = image.size(fitting: side)
        guard (width, height) != (image.width, image.height) else { return image }
        let rgba = try [UInt8](unsafeUninitializedCapacity: width * height * 4) { buffer, count in
            try ImageError.check(
                kimage_resize(
                    image.rgba, UInt32(image.width), UInt32(image.height), buffer.baseAddress, UInt32(width),
                    UInt32(height)))
            count = width * height * 4
        }
        return DecodedImage(width: width, height: height, rgba: rgba) ?? image
    }

    private static func encoded(
        _ encode: (inout UnsafeMutablePointer<UInt8>?, inout Int) -> Int32
    ) throws -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let status = encode(&bytes, &length)
        defer { kimage_free(bytes) }
        try ImageError.check(status)
        return Array(UnsafeBufferPointer(start: bytes, count: length))
    }
}
