import Commerce
import Jobs
import Media
import Primitives
import SQL
import Web

/// A job that gathers what the shop knows of a user. Enqueued here, done in `Privacy`, where all rooms are known.
public struct GatherUserData: ExternalJobPayload {
    /// Stored with each job, and so never changed.
    public static let kind = "accounts.gather_user_data"
    /// Ten minutes: all rooms are read and their pictures packed.
    public static let timeLimit = TimeSpan.minutes(10)

    /// The row of `data_exports` that waits for its archive.
    public let exportID: Int64
}

/// Archives of all that the shop knows of a user.
public struct DataExports: Sendable {
    /// How long the link to an archive is good.
    static let lifetime = TimeSpan.days(7)
    /// The media folder of archives: never served under `/media/`.
    public static let folder = "exports"

    let core: AccountsCore
    let factor: SecondFactor
    let store: any MediaStore

    /// Asks for an archive of all data; five an hour at most.
    ///
    /// - Throws: `AccountsError.needsVerifiedEmail`, `AccountsError.freshFactorRequired`, `AccountsError.throttled`,
    ///   `ValidationError` on `code`, `SQLError`.
    func request(_ caller: Identity, code: String?, from client: RequestOrigin) async throws {
        let known = try await core.credentials(of: caller.userID)
        guard known.isEmailVerified else { throw AccountsError.needsVerifiedEmail }
        try await factor.confirm(code, of: known.id, from: client)
        try await core.write(as: caller) { tx in
            let current = try core.lockUnchanged(known, tx)
            try core.countRequest(.dataExport, AccountKey(email: current.email), tx)
            let id = try ExportQueries.insert(for: current.id, at: core.time.now, tx)
            try core.jobs.enqueue(GatherUserData(exportID: id), in: tx)
            try core.recordEvent(.exportRequested, of: current.id, from: client, tx)
        }
    }

    /// Returns the user of an export that waits to be made; nil where there is none any more.
    ///
    /// - Throws: `SQLError`.
    public func pending(_ id: Int64, _ connection: Connection) throws -> UserID? {
        try ExportQueries.pending(id, connection)
    }

    /// Returns the e-mail of a user; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public static func email(of user: UserID, _ connection: Connection) throws -> String? {
        try PersonalDataQueries.email(of: user, connection)
    }

    /// Records the archive of an export, and mails the link to it.
    ///
    /// - Throws: `SQLError`.
    public func finish(_ id: Int64, of user: UserID, file: String, token: String, in tx: Transaction) throws {
        let now = core.time.now
        guard let known = try UserQueries.credentials(user, tx),
            try ExportQueries.finish(
                id, file: file, token: Digest.hex(token), until: now + Self.lifetime, at: now, tx)
        else { return }
        let link = core.configuration.frontendURL + "/account/export?token=" + token
        try core.sendSealed("data_export_ready", ["token": token, "link": link], to: known, tx)
    }

    /// Reads the archive that a mailed token leads to.
    ///
    /// - Throws: `NotFound`, `MediaError`, `SQLError`.
    func archive(_ token: String) async throws -> [UInt8] {
        let (hash, now) = (Digest.hex(token), core.time.now)
        guard let text = try await core.database.read({ try ExportQueries.file(hash, at: now, $0) }),
            let key = MediaKey(text), let object = try await store.read(key)
        else { throw NotFound() }
        return object.bytes
    }

    /// Returns those of these keys that are archives a link still leads to.
    ///
    /// - Throws: `SQLError`.
    public static func referenced(_ keys: [String], _ connection: Connection) throws -> [String] {
        try ExportQueries.referenced(keys, connection)
    }
}
