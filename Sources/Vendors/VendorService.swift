import Commerce
import Primitives
import SQL
import Web

/// Creates and lists vendors.
public struct VendorService: Sendable {
    let time: TimeSource

    /// Creates a service that stamps rows by `time`.
    public init(time: TimeSource) {
        self.time = time
    }

    /// Creates a vendor, with a unique slug made of the name.
    ///
    /// - Throws: `ValidationError` on `user` where there is no such user, `SQLError`.
    public func create(
        name: String, user: UserID?, status: VendorStatus = .approved, in tx: Transaction
    ) throws -> Vendor {
        let (slug, now) = (Slug(name, kind: "vendor"), time.now)
        do {
            let id = try slug.claim(in: tx) {
                try VendorQueries.slugs(like: slug, $0)
            } _: {
                try VendorQueries.insert(name, slug: $0, user: user, status: status, at: now, tx)
            }
            guard let vendor = try VendorQueries.find(id, tx) else { throw NotFound() }
            return vendor
        } catch let error as SQLError where error.kind == .foreignKey {
            guard let user else { throw error }
            throw ValidationError("user", "Invalid pk \"\(user)\" - object does not exist.")
        }
    }

    /// Returns the vendors of a list.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func list(
        _ filter: VendorQueries.Filter, by ordering: Ordering<VendorQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<Vendor> {
        try PageRows(count: VendorQueries.count(filter, connection), page) {
            try VendorQueries.list(filter, by: ordering, page, connection)
        }
    }
}
