import Commerce
import HTTPTypes
import Pictures
import Primitives
import SQL
import Web

/// The endpoints by which users become vendors and keep their profile.
struct VendorAccountRoutes: Sendable {
    let database: any Database
    let vendors: VendorService
    let studio: PictureStudio
    let currency: Currency
    let uploadLimit: Int

    var group: EndpointGroup {
        EndpointGroup(
            "Vendors",
            [
                Endpoint(
                    .post, "/api/vendors/register/", "Applies as a vendor.", access: .user, status: .created,
                    in: database, use: register
                ).refusing(.forbidden),
                Endpoint(.get, "/api/vendors/profile/", "Shows the caller's vendor.", access: .user, use: show)
                    .refusing(.forbidden),
                edit(.put, "Replaces the profile of the caller's vendor."),
                edit(.patch, "Changes some of the profile of the caller's vendor."),
            ] + [VendorPicture.logo, .banner].flatMap { [uploading($0), removing($0)] })
    }

    private func edit(_ method: HTTPRequest.Method, _ summary: String) -> Endpoint {
        Endpoint(method, "/api/vendors/profile/", summary, access: .user, use: edit)
            .refusing(.forbidden, .preconditionFailed)
    }

    private func uploading(_ picture: VendorPicture) -> Endpoint {
        Endpoint(
            .post, "/api/vendors/profile/\(picture.rawValue)/",
            "Uploads the \(picture.rawValue) of the caller's vendor: JPEG, PNG or WebP.", access: .user
        ) { try await upload($0, $1, as: picture) }
        .form(limit: uploadLimit)
        .refusing(.forbidden, .contentTooLarge, .serviceUnavailable)
    }

    private func removing(_ picture: VendorPicture) -> Endpoint {
        Endpoint(
            .delete, "/api/vendors/profile/\(picture.rawValue)/",
            "Removes the \(picture.rawValue) of the caller's vendor.", access: .user, status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx: Transaction) in
            _ = try vendors.set(picture, to: nil, of: call.caller().userID, in: tx)
            return NoContent()
        }
        .refusing(.forbidden)
    }

    private func register(_ call: APIRequest, _ input: RegisterInput, _ tx: Transaction) throws -> VendorAccountBody {
        try body(vendors.register(input.change, by: call.caller(), in: tx), call, tx)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> VendorAccountBody {
        let user = try call.caller().userID
        return try await database.read { connection in
            try body(vendors.file(VendorAccess.vendor(of: user, connection), connection), call, connection)
        }
    }

    /// Writes the change; where money would go elsewhere, once the owner has shown that they are there.
    private func edit(_ call: APIRequest, _ input: VendorEditInput) async throws -> VendorAccountBody {
        do {
            return try await write(input.change, call, isPresent: false)
        } catch is PresenceNeeded {
            try await call.confirmPresence(password: input.presence.password, code: input.presence.code)
            return try await write(input.change, call, isPresent: true)
        }
    }

    private func write(_ change: VendorChange, _ call: APIRequest, isPresent: Bool) async throws -> VendorAccountBody {
        let user = try call.caller().userID
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            let file = try vendors.edit(change, of: user, isPresent: isPresent, check: call.checkVersion, in: tx)
            return try body(file, call, tx)
        }
    }

    private func upload(
        _ call: APIRequest, _ input: VendorPictureInput, as picture: VendorPicture
    ) async throws -> VendorAccountBody {
        let user = try call.caller().userID
        _ = try await database.read { try VendorAccess.vendor(of: user, $0) }
        let stored = try await studio.store(input.image.bytes, in: picture.folder)
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            return try body(vendors.set(picture, to: stored.key, of: user, in: tx), call, tx)
        }
    }

    private func body(
        _ file: VendorFile, _ call: APIRequest, _ connection: Connection
    ) throws -> VendorAccountBody {
        VendorAccountBody(
            file, try vendors.figures([file.vendor.id], currency, connection), baseURL: call.baseURL)
    }
}
