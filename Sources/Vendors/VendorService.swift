import Commerce
import Primitives
import SQL

/// Makes vendors.
public struct VendorService: Sendable {
    let time: TimeSource

    public init(time: TimeSource) {
        self.time = time
    }

    /// Makes a vendor, with a slug of its own made from the name.
    ///
    /// - Throws: `ValidationError` on `user` where there is no such user.
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
}
