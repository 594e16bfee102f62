import Commerce
import Jobs
import Primitives
import SQL

/// Watches the price and the availability of all that is on wishlists, in the transactions that change them: what is
/// to be told is counted there, and a job tells it.
public struct OfferWatch: Sendable {
    private static let productsPerStatement = 200

    let offers: OfferReader
    let jobs: JobQueue

    /// Creates a watch that reads what is offered by `offers`.
    public init(offers: @escaping OfferReader, jobs: JobQueue) {
        self.offers = offers
        self.jobs = jobs
    }

    /// Looks at these products after a change, as an `OfferNotice`: one statement where nobody wishes for any of them.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    @Sendable public func notice(_ products: [ProductID], in tx: Transaction) throws {
        for ids in Set(products).sorted().chunked(by: Self.productsPerStatement) {
            try look(at: try WatchQueries.lock(Array(ids), tx), in: tx)
        }
    }

    /// Compares locked rows with what is offered now.
    func look(at watched: [WatchedOffer], in tx: Transaction) throws {
        guard !watched.isEmpty else { return }
        let offers = try offers(watched.map(\.sellable), tx)
        for known in watched { _ = try note(offers[known.sellable], on: known, in: tx) }
    }

    /// Writes down what is offered now under the key of a locked row, and enqueues the job that tells what is new.
    func note(_ offer: Offer?, on known: WatchedOffer, in tx: Transaction) throws -> WatchedOffer {
        let seen = known.seeing(offer)
        guard seen != known else { return known }
        try WatchQueries.update(seen, tx)
        if seen.hasNews(since: known) { try tell(seen.sellable, in: tx) }
        return seen
    }

    /// Enqueues the first step of a walk over the wishers of a thing. One that waits will see this change too; one that
    /// runs may have passed some of them, so the key is free as soon as a job is taken.
    private func tell(_ sellable: SellableID, in tx: Transaction) throws {
        let key = UniqueKey("\(sellable.product)-\(sellable.variantKey)", until: .started)
        try jobs.enqueue(TellWishers(sellable), uniqueKey: key, in: tx)
    }
}
