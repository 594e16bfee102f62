import Commerce
import Jobs
import Logging
import Media
import Primitives
import SQL

/// Returns those of these keys that a room's rows name; given by every room that stores pictures. Throws `SQLError`.
public typealias MediaOwner = @Sendable (_ keys: [String], Connection) throws -> [String]

/// Moves stored pictures that no row names any more into the trash: those that were removed, and those whose upload
/// ended between the file and its row.
///
/// A file that was written in the last day is left alone: its row may still come. A folder of another shop is left
/// alone, and so is one of which more than a tenth is not named: then the database is more likely to be wrong.
public struct MediaSweep: Sendable {
    /// The minimum age of a file.
    static let grace = TimeSpan.days(1)
    /// The maximum number of files that one job looks at.
    static let chunk = 500
    /// The folder in which swept files stay for thirty days.
    public static let trash = MediaTrash.folder
    /// The number of unnamed files that is ordinary, whatever part of a folder they are.
    static let few = 20

    let store: any MediaStore
    let database: any Database
    let jobs: JobQueue
    let time: TimeSource
    let owners: [String: MediaOwner]
    let ownership: MediaOwnership

    /// Creates a sweep; `owners` are by the folder in which their rows name pictures.
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

    /// The job of a whole sweep, from the first file on.
    public static let start = SweepMedia()

    /// The cron entry that sweeps every night.
    public static let entry = CronEntry("pictures.sweep", .every(.hours(24)), start)

    /// The handler of `SweepMedia`; enqueues the next step in the transaction that ends one.
    public var handler: JobHandler {
        .external(SweepMedia.self) { job, context in
            let step = try await sweep(job, context.logger)
            return { tx in
                for (fact, value) in step.notes { try ShopFactQueries.record(fact, value, at: time.now, tx) }
                if let next = step.next { try jobs.enqueue(next, in: tx) }
            }
        }
    }

    /// Sweeps the whole folder now; with `evenMany` also where more than a tenth is not named.
    ///
    /// - Returns: the reason for each folder that was left alone.
    /// - Throws: `MediaError`, `SQLError`.
    public func run(evenMany: Bool, _ logger: Logger) async throws -> [String] {
        var (job, complaints): (SweepMedia?, [String]) = (SweepMedia(evenMany: evenMany), [])
        while let current = job {
            let step = try await sweep(current, logger)
            complaints += step.notes.compactMap { fact, reason in reason.map { "\(fact.name): \($0)" } }
            try await database.write { [time] tx in
                for (fact, value) in step.notes { try ShopFactQueries.record(fact, value, at: time.now, tx) }
            }
            job = step.next
        }
        return complaints
    }

    /// Returns the next files of a folder, and those of them that are old and not named by a row.
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

/// A step of a sweep: looks at the next files.
public struct SweepMedia: ExternalJobPayload {
    /// Stable: jobs in the database carry it.
    public static let kind = "pictures.sweep"

    /// The action of the step. A folder is counted before anything of it is moved; one without an id is counted whole
    /// before it is marked as this shop's.
    enum Stage: String, Codable {
        case count
        case take
        case adopt
        case empty
    }

    /// The folder; nil begins with the first.
    var folder: String?
    /// The last key of the step before; nil begins with the first.
    var after: String?
    /// The action; nil counts.
    var stage: Stage?
    /// The number of files counted so far.
    var files: Int?
    var nameless: Int?
    /// Whether a folder is swept of which more than a tenth is not named, as an operator asked.
    var evenMany: Bool?

    init(folder: String? = nil, stage: Stage? = nil, evenMany: Bool? = nil) {
        self.folder = folder
        self.stage = stage
        self.evenMany = evenMany
    }
}
