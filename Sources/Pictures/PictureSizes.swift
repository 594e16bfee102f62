import Jobs
import Media
import Primitives

/// A size in which a picture is served, by its longest side in pixels. The largest is the picture as it is stored; a
/// job makes the others, and until it has run the picture itself is served in their place.
public enum PictureSize: Int, Sendable, CaseIterable {
    case thumbnail = 160
    case medium = 480
    /// The picture as it is stored.
    case large = 1_200

    /// Returns the key of this size of the picture under `key`: `….w480.webp` beside `….webp`.
    public func key(of key: String) -> String {
        guard self != .large, let dot = key.utf8.lastIndex(of: UInt8(ascii: ".")) else { return key }
        return key[..<dot] + ".w\(rawValue)" + key[dot...]
    }

    /// Returns the key of the picture of which `key` names a size; nil where it names none.
    public static func original(of key: String) -> String? {
        let parts = key.cut(at: ".")
        guard parts.count > 2, [thumbnail, medium].contains(where: { "w\($0.rawValue)" == parts[parts.count - 2] })
        else { return nil }
        return (parts.dropLast(2) + parts.suffix(1)).joined(separator: ".")
    }
}

/// Makes the smaller sizes of a stored picture.
public struct MakePictureSizes: ExternalJobPayload {
    /// Stable: jobs in the database carry it.
    public static let kind = "catalog.make_picture_sizes"

    /// The key of the stored picture.
    public let key: String

    /// Creates a job for the picture under `key`.
    public init(key: String) {
        self.key = key
    }

    /// Returns the handler that makes the sizes with `studio`.
    public static func handler(_ studio: PictureStudio) -> JobHandler {
        .external(MakePictureSizes.self) { job, _ in
            try await studio.makeSizes(of: job.key)
            return JobHandler.nothingToWrite
        }
    }
}

extension PictureStudio {
    /// Makes the missing sizes of a stored picture.
    ///
    /// - Throws: `JobFailure.permanent` where the picture is gone or not readable, `WorkThreads.Busy`, `MediaError`.
    func makeSizes(of text: String) async throws {
        guard let key = MediaKey(text), let original = try await store.read(key) else {
            throw JobFailure.permanent("the picture is gone")
        }
        for size in [PictureSize.thumbnail, .medium] {
            guard let smaller = MediaKey(size.key(of: text)) else { continue }
            if try await store.exists(smaller) { continue }
            let bytes = try await threads.run { [maxPixels] in
                try Self.smaller(original.bytes, side: size.rawValue, maxPixels: maxPixels)
            }
            try await store.write(bytes, to: smaller)
        }
    }

    private static func smaller(_ bytes: [UInt8], side: Int, maxPixels: Int) throws -> [UInt8] {
        do {
            let image = try ImageCodec.decode(bytes, maxPixels: maxPixels)
            return try ImageCodec.encodeWebP(ImageCodec.resized(image, toFit: side))
        } catch ImageError.broken, ImageError.unknownFormat, ImageError.tooLarge {
            throw JobFailure.permanent("the file is no picture")
        }
    }
}
