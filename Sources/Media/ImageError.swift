import CImage

/// The reason why a picture was not read or written.
public enum ImageError: Error, Sendable, Hashable {
    /// The bytes are neither PNG, JPEG nor WebP.
    case unknownFormat
    /// The picture ends early or contradicts itself.
    case broken
    /// The picture has more pixels than it may, or a side longer than the format can hold.
    case tooLarge
    /// The machine had no memory for the picture.
    case outOfMemory

    /// A stable name for clients and logs.
    public var code: String {
        switch self {
        case .unknownFormat: "image_unknown_format"
        case .broken: "image_broken"
        case .tooLarge: "image_too_large"
        case .outOfMemory: "image_out_of_memory"
        }
    }

    /// Throws the error of a status of the C functions; does nothing on success.
    static func check(_ status: Int32) throws(ImageError) {
        switch status {
        case Int32(KIMAGE_OK.rawValue): return
        case Int32(KIMAGE_UNKNOWN_FORMAT.rawValue): throw .unknownFormat
        case Int32(KIMAGE_TOO_LARGE.rawValue): throw .tooLarge
        case Int32(KIMAGE_NO_MEMORY.rawValue): throw .outOfMemory
        default: throw .broken
        }
    }
}
