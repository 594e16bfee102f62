import Commerce
import HTTPTypes
import Jobs
import Pictures
import Primitives
import SQL
import Web

/// The caller's pictures.
struct UserPictureRoutes: Sendable {
    let profiles: Profiles
    let uploadLimit: Int

    var endpoints: [Endpoint] { [UserPicture.avatar, .cover].flatMap { [uploading($0), removing($0)] } }

    private func uploading(_ picture: UserPicture) -> Endpoint {
        Endpoint(
            .post, "/api/auth/profile/\(picture.rawValue)/",
            "Uploads the caller's \(picture.rawValue): JPEG, PNG or WebP.", access: .user
        ) { try await upload($0, $1, as: picture) }
        .form(limit: uploadLimit)
        .refusing(.contentTooLarge, .serviceUnavailable)
    }

    private func removing(_ picture: UserPicture) -> Endpoint {
        Endpoint(
            .delete, "/api/auth/profile/\(picture.rawValue)/", "Removes the caller's \(picture.rawValue).",
            access: .user, status: .noContent
        ) { try await remove($0, $1, picture) }
    }

    private func upload(
        _ call: APIRequest, _ input: UserPictureInput, as picture: UserPicture
    ) async throws -> UserBody {
        let account = try await profiles.show(input.image.bytes, as: picture, of: call.caller())
        return UserBody(account, baseURL: call.baseURL)
    }

    private func remove(_ call: APIRequest, _: NoInput, _ picture: UserPicture) async throws -> NoContent {
        try await profiles.setPicture(picture, to: nil, of: call.caller())
        return NoContent()
    }
}

/// A picture as a form.
struct UserPictureInput: Input {
    let image: UploadedFile

    init(_ fields: Fields) {
        image = fields.file("image")
    }
}
