import Commerce
import Jobs
import Logging
import Media
import Primitives
import SQL

/// Which of these keys a room's rows name: asked of every room that keeps pictures.
public typealias MediaOwner = @Sendable (_ keys: [String], Connection) throws -> [String]

/// Takes kept pictures that no row names any more into the trash: those that were taken off, and those whose upload was
/// broken off between the file and its row.
///
/// A file that was written in the last day is left alone, whoever names it: its row may be on its way. A folder of another
/// shop is left alone, and so is one of which the database does not name more than a tenth: then it is the database that is
/// not to be trusted.
public struct MediaSweep: Sendable {
    /// How old a file has to be.
    static let grace = TimeSpan.days(1)
    /// How many files are looked at in one job.
    static let chunk = 500
    /// Where what is swept lies for thirty days.
    public static let trash = MediaTrash.folder
    /// So many nameless files are everyday life, whatever part of a folder they are.
    static let few = 20

    let store: any MediaStore
    let database: any Database
    let jobs: JobQueue
    let time: TimeSource
    let owners: [String: MediaOwner]
    let ownership: MediaOwnership

    /// `owners` are by the folder whose pictures their rows name.
    public init(
        _ store: any MediaStore, database: any Database, jobs: JobQueue, time: TimeSource,
        random: RandomSource = .system,
        owners: [String: MediaOwner]
    ) {
        self.store = store
        self.database = database
        self.jobs = jobs
        self.time = time
        self.owners = owners
        ownership = MediaOwnership(
            store, database: database, time: time, random: random, folders: owners.keys.sorted())
    }

    /// The job that begins at the first file.
    public static let start = SweepMedia()

    /// Every night.
    public static let entry = CronEntry("pictures.sweep", .every(.hours(24)), start)

    public var handler: JobHandler {
        .external(SweepMedia.self) { job, context in
            let step = try await sweep(job, context.logger)
            return { tx in
                for (fact, value) in step.notes { try ShopFactQueries.note(fact, value, at: time.now, tx) }
                if let next = step.next { try jobs.enqueue(next, in: tx) }
            }
        }
    }

    /// Sweeps the whole folder now; with `evenMany` also where more than a tenth is nameless.
    ///
    /// - Returns: for each folder that was left alone why.
    /// - Throws: `MediaError`, `SQLError`.
    public func run(evenMany: Bool, _ logger: Logger) async throws -> [String] {
        var (job, complaints): (SweepMedia?, [String]) = (SweepMedia(evenMany: evenMany), [])
        while let current = job {
            let step = try await sweep(current, logger)
            complaints += step.notes.compactMap { fact, reason in reason.map { "\(fact.name): \($0)" } }
            try await database.write { [time] tx in
                for (fact, value) in step.notes { try ShopFactQueries.note(fact, value, at: time.now, tx) }
            }
            job = step.next
        }
        return complaints
    }

    /// The files of a folder that come next, and which of them are old and named by no row.
    func look(_ folder: String, after key: MediaKey?) async throws -> (entries: [MediaEntry], nameless: [MediaKey]) {
        guard let owner = owners[folder] else { return ([], []) }
        let entries = try await store.entries(in: folder, after: key, limit: Self.chunk)
        let old = entries.filter { $0.writtenAt + Self.grace <= time.now }.map(\.key)
        let originals = Set(old.map(Self.original))
        let named = originals.isEmpty ? [] : try await database.read { Set(try owner(originals.sorted(), $0)) }
        return (entries, old.filter { !named.contains(Self.original($0)) })
    }

    private static func original(_ key: MediaKey) -> String {
        PictureSize.original(of: key.description) ?? key.description
    }
}

/// Looks at the next files.
public struct SweepMedia: ExternalJobPayload {
    public static let kind = "pictures.sweep"

    /// What is done with the files. A folder is counted before anything of it is taken; one without an id is counted whole
    /// before it is taken for this shop's.
    enum Stage: String, Codable {
        case count
        case take
        case adopt
        case empty
    }

    /// Nil begins with the first.
    var folder: String?
    /// The key behind which to go on.
    var after: String?
    /// Nil counts.
    var stage: Stage?
    /// What was counted of the folder.
    var files: Int?
    var nameless: Int?
    /// Whether a folder is swept of which more than a tenth is nameless: at somebody's word.
    var evenMany: Bool?

    init(folder: String? = nil, stage: Stage? = nil, evenMany: Bool? = nil) {
        self.folder = folder
        self.stage = stage
        self.evenMany = evenMany
    }
}
