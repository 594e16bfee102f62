import Accounts
import Commerce
import Documents
import Jobs
import Media
import Modules
import Pictures
import Primitives
import SQL
import Web

/// What the shop knows of a person, across all rooms: to give it to them, and to forget it.
public struct PrivacyService: Sendable {
    let database: any Database
    let store: any MediaStore
    let jobs: JobQueue
    let random: RandomSource
    let data: [PersonalData]

    /// Makes the service over what the rooms know of people.
    public init(
        database: any Database, store: any MediaStore, jobs: JobQueue, random: RandomSource = .system,
        data: [PersonalData]
    ) {
        self.data = data
        self.database = database
        self.store = store
        self.jobs = jobs
        self.random = random
    }

    /// Begins to erase a user in the transaction that deletes the account: what would still be sent to them goes at
    /// once, as far as it is not more than a transaction should hold, and a job does the rest.
    ///
    /// - Throws: `SQLError`.
    @Sendable public func erase(_ user: ErasedUser, in tx: Transaction) throws {
        let files = try data.flatMap { try $0.erasedFiles(user.id, tx) }
        for erase in data.flatMap(\.eraseAtOnce) { try erase(user, ErasureWork.chunk, tx) }
        for file in files { try jobs.enqueue(DropMedia(key: file), in: tx) }
        try ErasureQueries.begin(user, tx)
        try jobs.enqueue(EraseUser(userID: user.id), in: tx)
    }

    /// Makes the archives that users have asked for.
    public func handler(_ exports: DataExports) -> JobHandler {
        .external(GatherUserData.self) { job, _ in
            guard let user = try await database.read({ try exports.pending(job.exportID, $0) }) else {
                return JobHandler.nothingToWrite
            }
            let bytes = try await archive(of: user)
            let key = try await store.store(bytes, in: DataExports.folder, fileExtension: "zip")
            let token = random.token()
            return { tx in
                try exports.finish(job.exportID, of: user, file: key.description, token: token, in: tx)
            }
        }
    }

    /// Makes a ZIP of JSON files, one a part, and of the user's own files.
    ///
    /// - Throws: `SQLError`, `MediaError`.
    func archive(of user: UserID) async throws -> [UInt8] {
        let (parts, files) = try await database.report { [data] connection in
            guard let email = try DataExports.email(of: user, connection) else { throw NotFound() }
            let person = ArchivedUser(id: user, email: email)
            let parts = try data.flatMap(\.archive).map { part in
                (part.name, try JSONBytes.encode(ArchiveQueries.rows(of: part, person, connection)))
            }
            return (parts, try data.flatMap { try $0.archivedFiles(user, connection) })
        }
        var zip = ZipArchive()
        for (name, bytes) in parts { zip.add("\(name).json", bytes) }
        for file in files {
            guard let key = MediaKey(file), let object = try await store.read(key) else { continue }
            zip.add("files/" + file.replacing(scalars: { $0 == "/" ? "-" : nil }), object.bytes)
        }
        return zip.bytes
    }
}
