import Commerce
import HTTPTypes
import Jobs
import Pictures
import Primitives
import SQL
import Web

/// The two pictures of a user.
enum UserPicture: String, Sendable {
    case avatar
    case cover

    /// Where its files are kept.
    var folder: String { self == .avatar ? "avatars" : "covers" }
}

/// The caller's pictures.
struct UserPictureRoutes: Sendable {
    let accounts: AccountsService

    var endpoints: [Endpoint] { [UserPicture.avatar, .cover].flatMap { [upload($0), remove($0)] } }

    private func upload(_ picture: UserPicture) -> Endpoint {
        Endpoint(
            .post, "/api/auth/profile/\(picture.rawValue)/",
            "Upload the caller's \(picture.rawValue): JPEG, PNG or WebP.",
            access: .user
        ) { (call: APIRequest, input: UserPictureInput) -> UserBody in
            let kept = try await accounts.studio.keep(input.image.bytes, in: picture.folder)
            let account = try await accounts.setPicture(picture, to: kept.key, of: try call.caller())
            return UserBody(account, baseURL: call.baseURL)
        }
        .form(limit: accounts.configuration.uploadLimit)
        .refusing(.contentTooLarge, .serviceUnavailable)
    }

    private func remove(_ picture: UserPicture) -> Endpoint {
        Endpoint(
            .delete, "/api/auth/profile/\(picture.rawValue)/", "Remove the caller's \(picture.rawValue).",
            access: .user, status: .noContent
        ) { (call: APIRequest, _: NoInput) -> NoContent in
            _ = try await accounts.setPicture(picture, to: nil, of: try call.caller())
            return NoContent()
        }
    }
}

extension AccountsService {
    /// Has the caller show the picture under `key`, or none. The file of an old one is swept.
    ///
    /// - Throws: `NotFound`, `AuthenticationError.tokenNotValid`, `SQLError`.
    func setPicture(_ picture: UserPicture, to key: String?, of caller: Identity) async throws -> Account {
        let user = caller.userID
        return try await write(as: caller) { tx in
            guard try ProfileQueries.lockVersion(user, tx) != nil else { throw NotFound() }
            try ProfileQueries.setPicture(picture, to: key ?? "", of: user, at: time.now, tx)
            if let key { try jobs.enqueue(MakePictureSizes(key: key), in: tx) }
            guard let account = try UserQueries.account(user, tx) else { throw NotFound() }
            return account
        }
    }
}

extension AccountsService {
    /// Which of these keys users show as their pictures.
    ///
    /// - Throws: `SQLError`.
    public static func namedAvatars(_ keys: [String], _ connection: Connection) throws -> [String] {
        try ProfileQueries.named(.avatar, keys, connection)
    }

    /// - Throws: `SQLError`.
    public static func namedCovers(_ keys: [String], _ connection: Connection) throws -> [String] {
        try ProfileQueries.named(.cover, keys, connection)
    }
}

/// A picture as a form.
struct UserPictureInput: Input {
    let image: UploadedFile

    init(_ fields: Fields) {
        image = fields.file("image")
    }
}
