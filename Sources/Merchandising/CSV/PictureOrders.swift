import Catalog
import Commerce
import Jobs
import Primitives
import SQL

/// Has the pictures that rows name by their addresses fetched, by jobs: no transaction waits for the network.
struct PictureOrders: Sendable {
    let jobs: JobQueue

    /// Enqueues the pictures of a product or variant. What is there already and has a picture gets none: a file that comes
    /// twice brings nothing twice.
    ///
    /// - Throws: `SQLError`.
    func place(_ extras: RowExtras, for sellable: SellableID, isNew: Bool, in tx: Transaction) throws {
        guard !extras.pictures.isEmpty else { return }
        if !isNew {
            let there = try ImageQueries.all(of: sellable.product, tx)
            guard !there.contains(where: { $0.variantID == sellable.variant }) else { return }
        }
        for (index, address) in extras.pictures.enumerated() {
            let fetch = FetchPicture(
                product: sellable.product, variant: sellable.variant, address: address,
                // Pictures of variants stand behind those of the product as such.
                order: sellable.variant == nil ? index : nil)
            _ = try jobs.enqueue(fetch, uniqueKey: fetch.key, maxAttempts: FetchPicture.attempts, in: tx)
        }
    }
}

/// The payload of the job that fetches a picture from its address and gives it to a product.
struct FetchPicture: ExternalJobPayload {
    static let kind = "exchange.fetch_picture"
    /// Low: shoppers' own jobs go first.
    static let priority = JobPriority.low
    static let timeLimit = TimeSpan.minutes(2)
    /// Attempts over some minutes.
    static let attempts = 6

    let product: ProductID
    let variant: VariantID?
    let address: String
    /// The place among the product's pictures; nil behind the others.
    let order: Int?

    /// The key that lets no second job for the same picture in while this one waits.
    var key: UniqueKey {
        UniqueKey("\(product)-\(variant.map { "\($0)" } ?? "")-" + Digest.hex(address))
    }
}
