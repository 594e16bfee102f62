import Commerce
import Primitives
import SQL

/// What becomes of the vendor of a user who is erased.
extension VendorService {
    /// Ends the vendor of a user who is being erased: the products are hidden at once. Where money is still to flow, what
    /// says where it goes is kept sealed until it has.
    ///
    /// - Throws: `SQLError`, `CryptoKitError`.
    func close(of user: UserID, in tx: Transaction) throws {
        guard let vendor = try VendorQueries.lock(of: user, tx) else { return }
        try VendorErasureQueries.close(vendor.id, at: time.now, tx)
        if try links.settled([vendor.id], tx).isEmpty {
            try holdPayee(of: vendor.id, in: tx)
        } else {
            try VendorErasureQueries.deleteProfiles(of: [vendor.id], tx)
        }
        try links.show(vendor.id, false, tx)
        tx.catalogChanged()
    }

    /// Deletes where the money of at most `limit` closed vendors went of whom nothing is under way any more, and returns
    /// of how many.
    ///
    /// - Throws: `SQLError`.
    func releasePayees(limit: Int, in tx: Transaction) throws -> Int {
        let held = try VendorErasureQueries.held(tx)
        guard !held.isEmpty else { return 0 }
        let ended = Array(try links.settled(held, tx).sorted().prefix(limit))
        try VendorErasureQueries.deleteProfiles(of: ended, tx)
        return ended.count
    }

    /// Empties the profile of a vendor but for the way in which money is sent, the bank account, and the address that
    /// PayPal pays to, which is sealed like it.
    private func holdPayee(of id: VendorID, in tx: Transaction) throws {
        guard let profile = try VendorProfileQueries.find(id, tx) else { return }
        var held = VendorProfile()
        held.payoutMethod = profile.payoutMethod
        held.sealedAccount = profile.sealedAccount
        if profile.payoutMethod == .paypal, !profile.email.isEmpty {
            held.sealedEmail = try seal(profile.email, of: id)
        }
        try VendorProfileQueries.update(held, of: id, tx)
        try VendorErasureQueries.hold(id, tx)
    }
}
