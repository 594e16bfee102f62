import Commerce
import Media
import Primitives

/// A picture that was read, made smaller where it was large, and kept.
public struct StoredPicture: Sendable, Hashable {
    /// The media key.
    public let key: String
    /// Pixels.
    public let width: Int
    public let height: Int

    public init(key: String, width: Int, height: Int) {
        self.key = key
        self.width = width
        self.height = height
    }
}

/// Turns uploads into kept pictures: told by content, checked against limits before decoding, encoded again as WebP, so
/// that nothing of the file but its pixels is kept.
public struct PictureStudio: Sendable {
    /// The longest side of a kept picture in pixels.
    public static let longestSide = 1_200

    public let store: any MediaStore
    let maxPixels: Int
    /// One: the pixels of a photograph take much memory, so they are read one after another.
    let threads = WorkThreads(count: 1, limit: 32)

    public init(_ store: any MediaStore, maxPixels: Int = 40_000_000) {
        self.store = store
        self.maxPixels = maxPixels
    }

    /// Keeps the picture in `bytes` under the key of its content.
    ///
    /// - Throws: `ValidationError` on `image` where the bytes are no picture or too large; `PictureError.tooManyUploads`;
    ///   `MediaError`.
    public func keep(_ bytes: [UInt8], in folder: String) async throws -> StoredPicture {
        let maxPixels = maxPixels
        let picture: Developed
        do {
            picture = try await threads.run { try Self.developed(bytes, maxPixels: maxPixels) }
        } catch is WorkThreads.Busy {
            throw PictureError.tooManyUploads
        }
        let key = try await store.store(picture.bytes, in: folder, fileExtension: "webp")
        return StoredPicture(key: key.description, width: picture.width, height: picture.height)
    }

    private struct Developed: Sendable {
        let bytes: [UInt8]
        let width: Int
        let height: Int
    }

    private static func developed(_ bytes: [UInt8], maxPixels: Int) throws -> Developed {
        if Disguise.isWorn(by: bytes) {
            throw ValidationError("image", "Upload a valid image. The file is something else beside a picture.")
        }
        do {
            let image = try ImageCodec.decode(bytes, maxPixels: maxPixels)
            let fitted = try ImageCodec.resized(image, toFit: longestSide)
            return Developed(bytes: try ImageCodec.encodeWebP(fitted), width: fitted.width, height: fitted.height)
        } catch let error as ImageError {
            throw refusal(error, maxPixels: maxPixels) ?? error
        }
    }

    private static func refusal(_ error: ImageError, maxPixels: Int) -> (any Error)? {
        switch error {
        case .unknownFormat:
            ValidationError("image", "Upload a valid image. The file is neither JPEG, PNG nor WebP.")
        case .broken:
            ValidationError("image", "Upload a valid image. The file you uploaded was a corrupted image.")
        case .tooLarge:
            ValidationError("image", "The image may have \(maxPixels) pixels at most.")
        case .outOfMemory: nil
        }
    }
}
