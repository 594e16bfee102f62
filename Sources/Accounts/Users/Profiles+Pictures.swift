import Commerce
import Jobs
import Pictures
import Primitives
import SQL
import Web

extension Profiles {
    /// Keeps an uploaded picture and has the caller show it.
    ///
    /// - Throws: `ValidationError` where it is no picture that is taken, `NotFound`,
    ///   `AuthenticationError.tokenNotValid`, `MediaError`, `SQLError`.
    func show(_ bytes: [UInt8], as picture: UserPicture, of caller: Identity) async throws -> Account {
        let kept = try await studio.store(bytes, in: picture.folder)
        return try await setPicture(picture, to: kept.key, of: caller)
    }

    /// Has the caller show the picture under `key`, or none. The file of an old one is swept.
    ///
    /// - Throws: `NotFound`, `AuthenticationError.tokenNotValid`, `SQLError`.
    @discardableResult
    func setPicture(_ picture: UserPicture, to key: String?, of caller: Identity) async throws -> Account {
        let user = caller.userID
        return try await core.write(as: caller) { tx in
            guard try ProfileQueries.lockVersion(user, tx) != nil else { throw NotFound() }
            try ProfileQueries.setPicture(picture, to: key ?? "", of: user, at: core.time.now, tx)
            if let key { try core.jobs.enqueue(MakePictureSizes(key: key), in: tx) }
            guard let account = try UserQueries.account(user, tx) else { throw NotFound() }
            return account
        }
    }
}
