import CImage

/// A format of pictures that is read, detected by content and never by a name or a header.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    /// The 8-byte signature of PNG.
    case png
    /// The start-of-image marker of JPEG.
    case jpeg
    /// A RIFF container of WebP.
    case webp

    /// The media type, as in `image/png`.
    public var contentType: String { "image/" + rawValue }

    /// The extension of a file's name, without the dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

    init?(code: Int32) {
        switch code {
        case Int32(KIMAGE_PNG.rawValue): self = .png
        case Int32(KIMAGE_JPEG.rawValue): self = .jpeg
        case Int32(KIMAGE_WEBP.rawValue): self = .webp
        default: return nil
        }
    }
}

/// The contents of a picture's header; no pixel is decoded yet.
public struct ImageProbe: Sendable, Hashable {
    /// The format, by content.
    public let format: ImageFormat
    /// The width in pixels of the decoded picture (EXIF orientation is taken into account).
    public let width: Int
    /// The height in pixels of the decoded picture.
    public let height: Int

    /// Creates a probe with these values; nothing is read.
    public init(format: ImageFormat, width: Int, height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }

    /// Width times height.
    public var pixelCount: Int { width * height }
}
