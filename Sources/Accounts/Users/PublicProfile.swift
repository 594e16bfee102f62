import Commerce
import Pictures
import Primitives
import Web

/// A user as they show themselves to everybody: no more than their privacy settings let out.
struct PublicProfile: ResponseBody {
    /// What is always shown of a public profile, and what its owner chose to show.
    struct Person: Codable, Sendable {
        let id: UserID
        let username: String?
        let firstName: String
        let lastName: String
        let bio: String
        let profileImage: String?
        let coverImage: String?
        /// Null unless its owner shows it and has verified it.
        let email: String?
        /// Null unless its owner shows it and has verified it.
        let phoneNumber: String?
        let createdAt: Timestamp
    }

    let person: Person
    let links: LinksBody

    /// Shows what the owner of `account` lets out; nil where that is nothing, or the account may not be used. Links to
    /// pictures start with `baseURL`.
    init?(_ account: Account, baseURL: String) {
        let (user, profile) = (account.user, account.profile)
        guard profile.visibility == .public, user.status.isActive, !user.status.isSuspended else { return nil }
        person = Person(
            id: user.id, username: user.username.isEmpty ? nil : user.username, firstName: user.firstName,
            lastName: user.lastName, bio: user.bio, profileImage: user.link(to: \.profileImage, baseURL),
            coverImage: user.link(to: \.coverImage, baseURL),
            email: profile.showEmail && user.isEmailVerified ? user.email : nil,
            phoneNumber: profile.showPhone && user.isPhoneVerified ? user.phoneNumber : nil,
            createdAt: user.createdAt)
        links = LinksBody(profile)
    }

    init(from decoder: any Decoder) throws {
        person = try Person(from: decoder)
        links = try LinksBody(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try person.encode(to: encoder)
        try links.encode(to: encoder)
    }
}

extension User {
    /// Returns the whole URL of one of the user's pictures, nil where there is none; it starts with `baseURL`.
    func link(to key: KeyPath<User, String>, _ baseURL: String) -> String? {
        self[keyPath: key].isEmpty ? nil : MediaURL.of(self[keyPath: key], baseURL)
    }
}
