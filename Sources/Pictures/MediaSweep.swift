import Jobs
import Media
import Primitives
import SQL

/// Which of these keys a room's rows name: asked of every room that keeps pictures.
public typealias MediaOwner = @Sendable (_ keys: [String], Connection) throws -> [String]

/// Deletes kept pictures that no row names any more: those that were taken off, and those whose upload was broken off
/// between the file and its row.
///
/// A file that was written in the last day is left alone, whoever names it: its row may be on its way.
public struct MediaSweep: Sendable {
    /// How old a file has to be.
    static let grace = TimeSpan.days(1)
    /// How many files are looked at in one job.
    static let chunk = 500

    let store: any MediaStore
    let database: any Database
    let jobs: JobQueue
    let time: TimeSource
    let owners: [String: MediaOwner]

    /// `owners` are by the folder whose pictures their rows name.
    public init(
        _ store: any MediaStore, database: any Database, jobs: JobQueue, time: TimeSource,
        owners: [String: MediaOwner]
    ) {
        self.store = store
        self.database = database
        self.jobs = jobs
        self.time = time
        self.owners = owners
    }

    /// The job that begins at the first file.
    public static let start = SweepMedia(folder: nil, after: nil)

    /// Every night.
    public static let entry = CronEntry("pictures.sweep", .every(.hours(24)), start)

    public var handler: JobHandler {
        .external(SweepMedia.self) { job, _ in
            let next = try await sweep(job)
            return { tx in if let next { try jobs.enqueue(next, in: tx) } }
        }
    }

    /// Looks at one chunk; what to look at next, or nil at the end.
    ///
    /// - Throws: `MediaError`, `SQLError`.
    func sweep(_ job: SweepMedia) async throws -> SweepMedia? {
        let folders = owners.keys.sorted()
        guard let folder = job.folder ?? folders.first, let owner = owners[folder] else { return nil }
        let entries = try await store.entries(in: folder, after: job.after.flatMap(MediaKey.init), limit: Self.chunk)
        let old = entries.filter { $0.writtenAt + Self.grace <= time.now }.map(\.key)
        let originals = Set(old.map(Self.original))
        let named = originals.isEmpty ? [] : try await database.read { Set(try owner(originals.sorted(), $0)) }
        for key in old where !named.contains(Self.original(key)) { try await store.delete(key) }
        if let last = entries.last, entries.count == Self.chunk {
            return SweepMedia(folder: folder, after: last.key.description)
        }
        return folders.first { $0 > folder }.map { SweepMedia(folder: $0, after: nil) }
    }

    private static func original(_ key: MediaKey) -> String {
        PictureSize.original(of: key.description) ?? key.description
    }
}

/// Looks at the next files of a folder.
public struct SweepMedia: ExternalJobPayload {
    public static let kind = "pictures.sweep"

    /// Nil begins with the first.
    let folder: String?
    /// The key behind which to go on.
    let after: String?
}
