import Commerce
import Jobs
import SQL

/// Keeps whole the papers from before they were: by what is known when the shop first runs with this, which is what they were
/// drawn by until then. Enqueued by the migration that made room for them.
struct KeepPapers: JobPayload {
    static let kind = "orders.keep_papers"

    /// The id of the last paper that was looked at.
    let after: Int64
}

extension OrderService {
    private static let papersAtOnce = 50

    /// What the job runner does for orders.
    public func jobHandlers(_ jobs: JobQueue) -> [JobHandler] {
        [.transactional(KeepPapers.self) { job, tx in try keepPapers(job, jobs, tx) }]
    }

    private func keepPapers(_ job: KeepPapers, _ jobs: JobQueue, _ tx: Transaction) throws {
        let bare = try InvoiceQueries.bare(after: job.after, limit: Self.papersAtOnce, tx)
        for found in bare {
            guard let order = try find(.id(found.order), in: tx),
                let paper = try InvoiceQueries.paper(found.id, tx)
            else { continue }
            let back = found.return.rawValue == 0 ? nil : try ReturnQueries.find(found.return, tx)
            try InvoiceQueries.keep(document(paper, of: order, return: back, tx), under: found.id, tx)
        }
        guard let last = bare.last, bare.count == Self.papersAtOnce else { return }
        try jobs.enqueue(KeepPapers(after: last.id), in: tx)
    }
}
