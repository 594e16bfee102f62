import Commerce
import Jobs
import Media
import Pictures
import Primitives
import SQL
import Web

/// Gathers what the shop knows of a user. Enqueued here, done one floor up, where all rooms are known.
public struct GatherUserData: ExternalJobPayload {
    public static let kind = "accounts.gather_user_data"
    public static let timeLimit = TimeSpan.minutes(10)

    public let exportID: Int64
}

extension AccountsService {
    /// How long the link to an archive is good.
    static let exportLifetime = TimeSpan.days(7)
    /// Where archives are kept: never served under `/media/`.
    public static let exportFolder = "exports"

    /// Asks for an archive of all data; five an hour at most.
    ///
    /// - Throws: `AccountsError.emailUnverified`, `AccountsError.freshFactorRequired`, `AccountsError.throttled`,
    ///   `ValidationError` on `code`, `SQLError`.
    func requestExport(_ caller: Identity, code: String?, from client: Client) async throws {
        let known = try await credentials(of: caller.userID)
        guard known.isEmailVerified else { throw AccountsError.emailUnverified }
        try await confirmFactor(code, of: known.id, from: client)
        try await write(as: caller) { tx in
            let current = try lockUnchanged(known, tx)
            try countRequest(.dataExport, AccountKey(email: current.email), tx)
            let id = try ExportQueries.insert(for: current.id, at: time.now, tx)
            try jobs.enqueue(GatherUserData(exportID: id), in: tx)
            try noteEvent(.exportRequested, of: current.id, from: client, tx)
        }
    }

    /// The user of an export that waits to be made; nil where there is none any more.
    ///
    /// - Throws: `SQLError`.
    public func pendingExport(_ id: Int64, _ connection: Connection) throws -> UserID? {
        try ExportQueries.pending(id, connection)
    }

    /// Notes where the archive of an export is, and mails the link to it.
    ///
    /// - Throws: `SQLError`.
    public func finishExport(_ id: Int64, of user: UserID, file: String, token: String, in tx: Transaction) throws {
        let now = time.now
        guard let known = try UserQueries.credentials(user, tx),
            try ExportQueries.finish(
                id, file: file, token: Digest.hex(token), until: now + Self.exportLifetime, at: now, tx)
        else { return }
        let link = configuration.frontendURL + "/account/export?token=" + token
        try sendSealed("data_export_ready", ["token": token, "link": link], to: known, tx)
    }

    /// The archive that a mailed token leads to.
    ///
    /// - Throws: `NotFound`, `MediaError`, `SQLError`.
    func exported(_ token: String) async throws -> [UInt8] {
        let (hash, now) = (Digest.hex(token), time.now)
        guard let text = try await database.read({ try ExportQueries.file(hash, at: now, $0) }),
            let key = MediaKey(text), let object = try await studio.store.read(key)
        else { throw NotFound() }
        return object.bytes
    }

    /// Which of these keys are archives that a link still leads to.
    ///
    /// - Throws: `SQLError`.
    public static func namedExports(_ keys: [String], _ connection: Connection) throws -> [String] {
        try ExportQueries.named(keys, connection)
    }
}
