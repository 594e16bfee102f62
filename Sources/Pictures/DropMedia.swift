import Jobs
import Media
import Primitives
import SQL

/// Deletes a stored file, with its smaller sizes where it is a picture, without keeping it in the trash: files that the
/// rows of an erased person named, archives whose time is over. Files are stored under the key of their content: one
/// that another row names as well stays.
public struct DropMedia: ExternalJobPayload {
    /// Stable: jobs in the database carry it.
    public static let kind = "pictures.drop"

    let key: String

    /// Creates a job for the file under `key`; a text that is no key deletes nothing.
    public init(key: String) {
        self.key = key
    }
}

extension MediaSweep {
    /// The handler of `DropMedia`; tried again in an hour where the media folder is another shop's.
    public var dropHandler: JobHandler {
        .external(DropMedia.self) { job, _ in
            try await drop(job.key)
            return JobHandler.nothingToWrite
        }
    }

    private func drop(_ text: String) async throws {
        guard let owner = owners[String(text.halves(at: "/").0)] else { return }
        let named = try await database.read { try owner([text], $0) }
        guard named.isEmpty else { return }
        if case .differ = try await ownership.verdict() {
            throw JobFailure.retry(after: .hours(1), "the media folder is another shop's")
        }
        for key in [text] + [PictureSize.thumbnail, .medium].map({ $0.key(of: text) }) {
            if let key = MediaKey(key) { try await store.delete(key) }
        }
    }
}
