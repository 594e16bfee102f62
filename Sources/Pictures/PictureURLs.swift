/// Where a kept file is served.
public enum MediaURL {
    /// The whole URL of `key` on the shop at `baseURL`.
    public static func of(_ key: String, _ baseURL: String) -> String { baseURL + "/media/" + key }
}

/// The whole URLs of a picture in every size.
public struct PictureURLs: Codable, Sendable, Hashable {
    public let thumbnail: String
    public let medium: String
    public let large: String

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
