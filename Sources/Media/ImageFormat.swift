import CImage

/// The kinds of picture that are read, told by their content and never by a name or a header.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    case png
    case jpeg
    case webp

    /// The media type, as in `image/png`.
    public var contentType: String { "image/" + rawValue }

    /// The ending of a file's name, without the dot.
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

/// What a picture's header says; nothing of it is decoded yet.
public struct ImageProbe: Sendable, Hashable {
    public let format: ImageFormat
    /// Pixels, as the decoded picture has them (EXIF orientation is taken into account).
    public let width: Int
    public let height: Int

    public init(format: ImageFormat, width: Int, height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }

    /// Width times height.
    public var pixelCount: Int { width * height }
}
