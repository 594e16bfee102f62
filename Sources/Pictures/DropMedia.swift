import Jobs
import Media
import Primitives

/// Deletes a kept file at once, in every size: what an erasure must not leave to the nightly sweep.
public struct DropMedia: ExternalJobPayload {
    public static let kind = "pictures.drop"

    let key: String

    public init(key: String) {
        self.key = key
    }

    public static func handler(_ store: any MediaStore) -> JobHandler {
        .external(DropMedia.self) { job, _ in
            let keys = [job.key] + [PictureSize.thumbnail, .medium].map { $0.key(of: job.key) }
            for text in keys {
                if let key = MediaKey(text) { try await store.delete(key) }
            }
            return JobHandler.nothingToWrite
        }
    }
}
