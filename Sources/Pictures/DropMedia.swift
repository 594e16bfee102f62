import Jobs
import Media
import Primitives
import SQL

/// Deletes a kept file, with its sizes where it is a picture, that must not lie in the trash: what the rows of an erased
/// person named, an archive whose time is over. A file lies under
/// the key of its content: one that another row names as well stays.
public struct DropMedia: ExternalJobPayload {
    public static let kind = "pictures.drop"

    let key: String

    public init(key: String) {
        self.key = key
    }
}

extension MediaSweep {
    /// Does `DropMedia`.
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
