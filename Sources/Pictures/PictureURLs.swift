/// The addresses at which stored files are served.
public enum MediaURL {
    /// Returns the absolute URL of `key` on the shop at `baseURL`, which has no slash at its end.
    public static func of(_ key: String, _ baseURL: String) -> String { baseURL + "/media/" + key }
}

/// The absolute URLs of a picture in every size.
public struct PictureURLs: Codable, Sendable, Hashable {
    /// 160 pixels on the longest side.
    public let thumbnail: String
    /// 480 pixels on the longest side.
    public let medium: String
    /// 1,200 pixels on the longest side.
    public let large: String

    /// Creates the URLs of the picture stored under `key`, whether its sizes are made yet or not.
    public init(_ key: String, baseURL: String) {
        thumbnail = MediaURL.of(PictureSize.thumbnail.key(of: key), baseURL)
        medium = MediaURL.of(PictureSize.medium.key(of: key), baseURL)
        large = MediaURL.of(PictureSize.large.key(of: key), baseURL)
    }

    enum CodingKeys: String, CodingKey {
        case thumbnail = "160"
        case medium = "480"
        case large = "1200"
    }
}
