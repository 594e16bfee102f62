import HTTPTypes

/// Headers that every answer has.
enum CommonHeaders {
    static let fields: HTTPFields = [
        .xContentTypeOptions: "nosniff",
        .xFrameOptions: "DENY",
        .referrerPolicy: "same-origin",
    ]

    /// The `Cache-Control` of public answers: caches store them and revalidate them each time.
    static let revalidated = "public, no-cache"
    /// The `Cache-Control` of public answers that say something of the caller: the caller's own cache alone stores them.
    static let ownRevalidated = "private, no-cache"
    static let vary = "Accept-Encoding, Origin"
}
