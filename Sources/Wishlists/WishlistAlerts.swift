import Commerce
import Jobs
import Messages
import Primitives
import SQL

/// Finds the e-mail addresses of those of these users who may be written to; they stay so until the transaction ends.
/// Throws `SQLError`.
public typealias RecipientReader = @Sendable ([UserID], Transaction) throws -> [UserID: String]

/// The payload of the job that tells the wishers of one thing what is new of it, some at a time.
struct TellWishers: JobPayload {
    static let kind = "wishlists.tell"
    static let priority = JobPriority.low

    let product: ProductID
    let variantKey: Int64
    /// The last item that was looked at; 0 at the beginning.
    let after: WishlistItemID

    var sellable: SellableID { SellableID(product: product.rawValue, variantKey: variantKey) }

    init(_ sellable: SellableID, after: WishlistItemID = WishlistItemID(0)) {
        (product, variantKey, self.after) = (sellable.product, sellable.variantKey, after)
    }
}

/// The payload of the hourly job that looks at all that is on wishlists, for changes that nobody gave notice of: whole
/// categories that were hidden or shown, and what other programs wrote.
struct ReviewWishes: JobPayload {
    static let kind = "wishlists.review"
    static let priority = JobPriority.low

    let product: ProductID
    let variantKey: Int64

    var last: SellableID { SellableID(product: product.rawValue, variantKey: variantKey) }

    init(after last: SellableID = SellableID(ProductID(0))) {
        (product, variantKey) = (last.product, last.variantKey)
    }
}

/// Tells wishers of lower prices and of what can be bought again: once a change, and only while the item is on the list
/// with its flag set.
struct WishlistAlerts: Sendable {
    /// The most items of one transaction.
    static let chunk = 200

    static let entry = CronEntry("wishlists.review", .every(.hours(1)), ReviewWishes())

    let watch: OfferWatch
    let recipients: RecipientReader
    let mails: WishlistMails

    var handlers: [JobHandler] {
        [
            .transactional(TellWishers.self) { job, tx in try tell(job, in: tx) },
            .transactional(ReviewWishes.self) { job, tx in try review(job, in: tx) },
        ]
    }

    /// Tells some wishers and enqueues the next step. The thing's row stays locked, so that no change comes between
    /// what is read and what is told.
    func tell(_ job: TellWishers, in tx: Transaction) throws {
        guard let watched = try WatchQueries.lock(job.sellable, tx),
            let offer = try watch.offers([job.sellable], tx)[job.sellable], offer.isForSale,
            watched.isReduced || watched.isAvailable
        else { return }
        let wishers = try WisherQueries.wishers(of: watched, after: job.after, limit: Self.chunk, tx)
        guard let last = wishers.last else { return }
        try tell(wishers, of: watched, offer, in: tx)
        if wishers.count == Self.chunk {
            try watch.jobs.enqueue(TellWishers(job.sellable, after: last.item), in: tx)
        }
    }

    private func tell(
        _ wishers: [WisherQueries.Wisher], of watched: WatchedOffer, _ offer: Offer, in tx: Transaction
    ) throws {
        let addresses = try recipients(wishers.map(\.user), tx)
        let users = Dictionary(wishers.map { ($0.item, $0.user) }) { first, _ in first }
        let reached = wishers.filter { addresses[$0.user] != nil }.map(\.item)
        let alerts = try WisherQueries.lock(reached, of: watched, tx)
        let jobs = alerts.flatMap { alert -> [MailJob] in
            guard let user = users[alert.item], let address = addresses[user] else { return [] }
            let former = watched.formerPrice(for: alert.snapshot)
            return [
                alert.isDrop ? mails.priceDrop(of: offer, from: former, to: watched.price, address, user) : nil,
                alert.isRestock ? mails.backInStock(offer, at: watched.price, address, user) : nil,
            ].compactMap { $0 }
        }
        try watch.jobs.enqueue(all: jobs, in: tx)
        try WisherQueries.markTold(
            drops: alerts.filter(\.isDrop).map(\.item), restocks: alerts.filter(\.isRestock).map(\.item), of: watched,
            tx)
    }

    /// Looks at some of what is watched, forgets what nobody wishes for any more, and enqueues the next step.
    private func review(_ job: ReviewWishes, in tx: Transaction) throws {
        let watched = try WatchQueries.lock(after: job.last, limit: Self.chunk, tx)
        guard let last = watched.last?.sellable else { return }
        let locked = Set(watched.map(\.sellable))
        let unwished = try WatchQueries.unwished(of: Set(watched.map(\.sellable.product)).sorted(), tx)
            .filter(locked.contains)
        try WatchQueries.delete(unwished, tx)
        try watch.look(at: watched.filter { !unwished.contains($0.sellable) }, in: tx)
        if watched.count == Self.chunk { try watch.jobs.enqueue(ReviewWishes(after: last), in: tx) }
    }
}
