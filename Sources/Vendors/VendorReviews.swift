import Commerce
import Primitives
import SQL
import Web

/// A review that is sent in.
struct VendorReviewDraft: Sendable {
    let rating: Int
    let text: String
    let order: OrderID
}

/// What customers say of vendors, and what those answer.
struct VendorReviews: Sendable {
    let vendors: VendorService

    /// Returns a vendor as the public sees it.
    ///
    /// - Throws: `NotFound` for any but an approved one, `SQLError`.
    func shown(_ reference: Reference, _ connection: Connection) throws -> Vendor {
        guard let vendor = try VendorQueries.find(reference, connection), vendor.status == .approved else {
            throw NotFound()
        }
        return vendor
    }

    /// Returns the reviews of a vendor, the newest first, with the names of who wrote them.
    ///
    /// - Throws: `NotFound` where there is no such vendor or page, `SQLError`.
    func list(
        of reference: Reference, _ page: PageRequest, _ connection: Connection
    ) throws -> (rows: PageRows<VendorReview>, names: [UserID: String]) {
        let vendor = try shown(reference, connection)
        let rows = try PageRows(count: vendor.ratingCount, page) {
            try VendorReviewQueries.list(of: vendor.id, page, connection)
        }
        return (rows, try names(in: rows.rows, connection))
    }

    func names(in reviews: [VendorReview], _ connection: Connection) throws -> [UserID: String] {
        let users = Set(reviews.compactMap(\.user)).sorted()
        return users.isEmpty ? [:] : try vendors.links.names(users, connection)
    }

    /// Adds a review of a vendor from whom the caller has received something, and its stars to the vendor's.
    ///
    /// - Throws: `NotFound`, `VendorError`, `ValidationError` where the order has one, `SQLError`.
    func add(
        _ draft: VendorReviewDraft, of reference: Reference, by caller: Identity, in tx: Transaction
    ) throws -> VendorReview {
        guard caller.isEmailVerified else { throw VendorError.emailNotVerified }
        // Locked first: the row of a review holds its vendor's, and two would wait for each other.
        guard let vendor = try VendorQueries.lock(shown(reference, tx).id, tx), vendor.status == .approved else {
            throw NotFound()
        }
        guard vendor.userID != caller.userID else { throw VendorError.ownBusiness }
        guard try vendors.links.hasReceived(draft.order, caller.userID, vendor.id, tx) else {
            throw VendorError.purchaseRequired
        }
        let id: VendorReviewID
        do {
            id = try VendorReviewQueries.insert(draft, of: vendor.id, by: caller.userID, at: vendors.time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw ValidationError("non_field_errors", "You have reviewed this vendor for this order already.")
        }
        try VendorQueries.count(rating: draft.rating, of: vendor.id, tx)
        return try require(id, tx)
    }

    /// Gives a review the answer of the caller's vendor, in place of a former one.
    ///
    /// - Throws: `NotFound` where it is a review of another vendor, `VendorError.noVendor`, `VendorError.notApproved`,
    ///   `SQLError`.
    func respond(_ text: String, to id: VendorReviewID, by user: UserID, in tx: Transaction) throws -> VendorReview {
        let vendor = try VendorAccess.seller(of: user, in: tx)
        guard try require(id, tx).vendor == vendor else { throw NotFound() }
        try VendorReviewQueries.respond(text, to: id, at: vendors.time.now, tx)
        return try require(id, tx)
    }

    private func require(_ id: VendorReviewID, _ connection: Connection) throws -> VendorReview {
        guard let review = try VendorReviewQueries.find(id, connection) else { throw NotFound() }
        return review
    }
}
