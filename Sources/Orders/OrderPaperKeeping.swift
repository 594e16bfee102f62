import Commerce
import Jobs
import SQL

/// The payload of the job that stores whole the documents from before they were: by what is known when the shop first
/// runs with this, from which they were drawn until then. Enqueued by the migration that made room for them.
struct KeepPapers: JobPayload {
    static let kind = "orders.keep_papers"

    /// The id of the last paper that was looked at.
    let after: Int64
}

extension OrderService {
    private static let papersAtOnce = 50

    /// Returns the handlers of the jobs that belong to orders, for the job runner; they enqueue their successors in
    /// `jobs`.
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
