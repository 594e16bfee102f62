import Commerce
import HTTPTypes
import Media
import Pictures
import Primitives
import Web

/// The shop's pictures under `/media/`.
struct MediaRoutes: Sendable {
    let store: any MediaStore
    /// The folders that everybody may see.
    let folders: [String]

    var group: EndpointGroup {
        EndpointGroup(
            "Media", "Pictures.",
            [
                Endpoint(.get, "/media/{key*}", "Serves a picture.", access: .anyone) {
                    (call: APIRequest, _: NoInput) -> Reply<RawBody> in
                    var text = try call.text("key")
                    while let rest = text.before("/") { text = String(rest) }
                    guard let key = MediaKey(text), folders.contains(where: { text.begins(with: $0 + "/") })
                    else {
                        throw NotFound()
                    }
                    // A key names its content, so what it names never changes.
                    if let object = try await read(key) {
                        return Self.reply(object, caching: "public, max-age=31536000, immutable")
                    }
                    guard let whole = PictureSize.original(of: text).flatMap({ MediaKey($0) }),
                        let object = try await read(whole)
                    else { throw NotFound() }
                    return Self.reply(object, caching: "public, no-cache")
                }
                .refusing(.notFound, .serviceUnavailable)
                .producing("image/webp", "image/png", "image/jpeg", "application/octet-stream")
            ])
    }

    private func read(_ key: MediaKey) async throws -> MediaObject? {
        do {
            return try await store.read(key)
        } catch MediaError.busy {
            throw PictureError.tooManyReads
        }
    }

    private static func reply(_ object: MediaObject, caching: String) -> Reply<RawBody> {
        Reply(
            RawBody(contentType: object.contentType, bytes: object.bytes),
            headers: [.eTag: object.etag, .cacheControl: caching])
    }
}
