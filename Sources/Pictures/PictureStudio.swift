import Commerce
import Media
import Primitives

/// A picture that was read, scaled down where it was large, and stored.
public struct StoredPicture: Sendable, Hashable {
    /// The media key of the stored file.
    public let key: String
    /// The width of the stored picture in pixels.
    public let width: Int
    /// The height of the stored picture in pixels.
    public let height: Int

    /// Creates a picture that is stored already.
    public init(key: String, width: Int, height: Int) {
        self.key = key
        self.width = width
        self.height = height
    }
}

/// Turns uploads into stored pictures: detected by content, checked against limits before decoding, encoded again as
/// WebP, so that nothing of the file but its pixels is stored.
public struct PictureStudio: Sendable {
    /// The longest side of a stored picture in pixels.
    public static let maxSide = 1_200

    /// The store that the pictures go to.
    public let store: any MediaStore
    let maxPixels: Int
    /// A single thread: the pixels of a photograph take much memory, so photographs are read one after another.
    let threads = WorkThreads(count: 1, limit: 32)

    /// Creates a studio that refuses uploads of more than `maxPixels`.
    public init(_ store: any MediaStore, maxPixels: Int = 40_000_000) {
        self.store = store
        self.maxPixels = maxPixels
    }

    /// Stores the picture in `bytes` under the key of its content and returns it; a content that is there already is
    /// written again.
    ///
    /// - Throws: `ValidationError` on `field` where the bytes are no picture or too large;
    ///   `PictureError.tooManyUploads`; `ImageError.outOfMemory`; `MediaError`.
    public func store(
        _ bytes: [UInt8], in folder: String, field: String = "image"
    ) async throws -> StoredPicture {
        let maxPixels = maxPixels
        let picture: Developed
        do {
            picture = try await threads.run { try Self.developed(bytes, maxPixels: maxPixels, field) }
        } catch is WorkThreads.Busy {
            throw PictureError.tooManyUploads
        }
        let key: MediaKey
        do {
            key = try await store.store(picture.bytes, in: folder, fileExtension: "webp")
        } catch MediaError.busy {
            throw PictureError.tooManyUploads
        }
        return StoredPicture(key: key.description, width: picture.width, height: picture.height)
    }

    private struct Developed: Sendable {
        let bytes: [UInt8]
        let width: Int
        let height: Int
    }

    private static func developed(_ bytes: [UInt8], maxPixels: Int, _ field: String) throws -> Developed {
        if PolyglotCheck.isPolyglot(bytes) {
            throw ValidationError(field, "Upload a valid image. The file is something else beside a picture.")
        }
        do {
            let image = try ImageCodec.decode(bytes, maxPixels: maxPixels)
            let fitted = try ImageCodec.resized(image, toFit: maxSide)
            return Developed(bytes: try ImageCodec.encodeWebP(fitted), width: fitted.width, height: fitted.height)
        } catch let error as ImageError {
            throw refusal(error, maxPixels: maxPixels, field) ?? error
        }
    }

    private static func refusal(_ error: ImageError, maxPixels: Int, _ field: String) -> (any Error)? {
        switch error {
        case .unknownFormat:
            ValidationError(field, "Upload a valid image. The file is neither JPEG, PNG nor WebP.")
        case .broken:
            ValidationError(field, "Upload a valid image. The file you uploaded was a corrupted image.")
        case .tooLarge:
            ValidationError(field, "The image may have \(maxPixels) pixels at most.")
        case .outOfMemory: nil
        }
    }
}
