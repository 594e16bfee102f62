import Commerce
import Jobs
import Logging
import Media
import Metrics
import Primitives
import SQL

/// The result of one step of the sweep.
struct SweepStep: Sendable {
    /// The next step; nil at the end.
    var next: SweepMedia?
    /// The facts to store; nil deletes one.
    var notes: [(ShopFact, String?)] = []
}

extension ShopFact {
    /// Returns the fact that tells why the sweep left a folder alone; not stored where it did not.
    public static func sweepStopped(_ folder: String) -> ShopFact { ShopFact("sweep_stopped." + folder) }

    /// The fact that tells why the sweep left the whole media folder alone.
    public static let sweepStopped = ShopFact("sweep_stopped")
}

/// The steps of a sweep, one chunk of files each.
extension MediaSweep {
    /// Does one step: a chunk of files.
    ///
    /// - Throws: `MediaError`, `SQLError`.
    func sweep(_ job: SweepMedia, _ logger: Logger) async throws -> SweepStep {
        switch try await ownership.verdict() {
        case .differ:
            logger.error("the media folder is another shop's: nothing of it is swept")
            Self.gauge("").record(1)
            return SweepStep(notes: [(.sweepStopped, "it has the id of another shop's database")])
        case .unmarked: return try await adopt(job, logger)
        case .agree:
            Self.gauge("").record(0)
            switch job.stage {
            case .take: return try await take(job, logger)
            case .empty: return try await empty(job, logger)
            case .count, .adopt, nil: return try await count(job, logger)
            }
        }
    }

    /// Counts the next files of a folder, and decides at its end.
    private func count(_ job: SweepMedia, _ logger: Logger) async throws -> SweepStep {
        guard let folder = job.folder ?? owners.keys.min() else { return SweepStep() }
        let (further, counts) = try await count(job, in: folder)
        if let further { return SweepStep(next: further) }
        let isStopped = counts.isTooMany && job.evenMany != true
        record(counts, folder, isStopped: isStopped, logger)
        var next = following(folder, job)
        if counts.nameless > 0, !isStopped {
            next = SweepMedia(folder: folder, stage: .take, evenMany: job.evenMany)
        }
        return SweepStep(
            next: next, notes: [(.sweepStopped, nil), (.sweepStopped(folder), isStopped ? counts.words : nil)])
    }

    /// Moves the unnamed files of a counted folder into the trash.
    private func take(_ job: SweepMedia, _ logger: Logger) async throws -> SweepStep {
        guard let folder = job.folder else { return SweepStep() }
        let (entries, nameless) = try await look(folder, after: job.after.flatMap(MediaKey.init))
        for key in nameless { try await MediaTrash(store: store).take(key, at: time.now) }
        if !nameless.isEmpty {
            logger.info(
                "files that nothing names went to the trash",
                metadata: ["folder": "\(folder)", "files": .stringConvertible(nameless.count)])
        }
        guard entries.count == Self.chunk, let last = entries.last else {
            return SweepStep(next: following(folder, job))
        }
        var next = job
        next.after = last.key.description
        return SweepStep(next: next)
    }

    /// Deletes files that were in the trash for long enough.
    private func empty(_ job: SweepMedia, _ logger: Logger) async throws -> SweepStep {
        let (gone, end) = try await MediaTrash(store: store).empty(
            at: time.now, after: job.after.flatMap(MediaKey.init), limit: Self.chunk)
        if gone > 0 {
            logger.info("files were deleted from the trash", metadata: ["files": .stringConvertible(gone)])
        }
        guard let end else { return SweepStep() }
        var next = job
        next.after = end.description
        return SweepStep(next: next)
    }

    /// Counts a media folder without an id, and marks it as this shop's where no folder in it has too many unnamed
    /// files.
    private func adopt(_ job: SweepMedia, _ logger: Logger) async throws -> SweepStep {
        guard let folder = job.folder ?? owners.keys.min() else { return SweepStep() }
        let (further, counts) = try await count(job, in: folder)
        if let further { return SweepStep(next: further) }
        if counts.isTooMany, job.evenMany != true {
            record(counts, folder, isStopped: true, logger)
            return SweepStep(notes: [(.sweepStopped(folder), counts.words)])
        }
        let next = following(folder, job)
        guard let next, next.stage != .empty else {
            try await ownership.mark()
            logger.notice("the media folder has this shop's id from now on")
            return SweepStep(next: SweepMedia(evenMany: job.evenMany))
        }
        return SweepStep(next: next)
    }

    /// Adds the next chunk to the counts: returns the job that continues, or at the folder's end nil and the sums.
    private func count(_ job: SweepMedia, in folder: String) async throws -> (next: SweepMedia?, counts: SweepCounts) {
        let (entries, nameless) = try await look(folder, after: job.after.flatMap(MediaKey.init))
        let counts = SweepCounts(
            files: (job.files ?? 0) + entries.count, nameless: (job.nameless ?? 0) + nameless.count)
        guard entries.count == Self.chunk, let last = entries.last else { return (nil, counts) }
        var next = job
        (next.folder, next.after) = (folder, last.key.description)
        (next.files, next.nameless) = (counts.files, counts.nameless)
        return (next, counts)
    }

    /// Returns the step for the folder after this one; for the trash after the last.
    private func following(_ folder: String, _ job: SweepMedia) -> SweepMedia? {
        let next = owners.keys.filter { $0 > folder }.min()
        return SweepMedia(folder: next, stage: next == nil ? .empty : nil, evenMany: job.evenMany)
    }

    private func record(_ counts: SweepCounts, _ folder: String, isStopped: Bool, _ logger: Logger) {
        let metadata: Logger.Metadata = [
            "folder": "\(folder)", "files": .stringConvertible(counts.files),
            "nameless": .stringConvertible(counts.nameless),
        ]
        Self.gauge(folder).record(isStopped ? 1 : 0)
        if isStopped {
            logger.error("too much of a folder is named by nothing: it is left alone", metadata: metadata)
        } else {
            logger.info("a folder was looked through", metadata: metadata)
        }
    }

    /// Returns the gauge that is 1 where the sweep left the folder alone and 0 where it did its work; the folder named
    /// "" is the whole.
    private static func gauge(_ folder: String) -> Gauge {
        Gauge(label: "media_sweep_stopped", dimensions: [("folder", folder)])
    }
}

/// The number of files in a folder, and of those that no row names.
struct SweepCounts: Sendable {
    let files: Int
    let nameless: Int

    /// Whether more than a tenth is not named, and more than is ordinary.
    var isTooMany: Bool { nameless > max(MediaSweep.few, files / 10) }

    var words: String { "\(nameless) of \(files) files are named by nothing in the database" }
}
