import Commerce
import Jobs
import Pictures
import Primitives
import SQL
import Web

/// A change would send money elsewhere: whoever makes it has to show that they are there.
struct PresenceNeeded: Error {}

extension VendorService {
    /// Changes what a vendor says of the business, how it is reached and paid. `isPresent` says that the owner has just
    /// shown that they are there.
    ///
    /// - Throws: `VendorError.noVendor`, `PresenceNeeded` where money would go elsewhere, `ValidationError`, `SQLError`,
    ///   what `check` throws.
    func edit(
        _ change: VendorChange, of user: UserID, isPresent: Bool, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> VendorFile {
        guard let vendor = try VendorQueries.lock(of: user, tx) else { throw VendorError.noVendor }
        try check(vendor.version)
        let old = try file(vendor, tx)
        var profile = try change.applied(to: old.profile)
        let account = try change.bankAccount.flatMap { $0 }.map { try $0.completed(by: old.account).checked() }
        let isSameAccount =
            switch change.bankAccount {
            case nil: true
            case .some(nil): old.profile.sealedAccount.isEmpty
            case .some(.some): account == old.account
            }
        let isMoved = !old.profile.pays(like: profile, isSameAccount: isSameAccount)
        if isMoved, !isPresent { throw PresenceNeeded() }
        if !isSameAccount { profile.sealedAccount = try account.map { try seal($0, of: vendor.id) } ?? "" }
        try write(change.applied(to: vendor.business), of: vendor, tx)
        try VendorProfileQueries.update(profile, of: vendor.id, tx)
        if isMoved { try tell(vendor, "vendor_payout_changed", in: tx) }
        return try file(vendor.id, tx)
    }

    /// Writes what a vendor says of the business. Papers that were verified for another one wait for staff again.
    private func write(_ business: Vendor.Business, of vendor: Vendor, _ tx: Transaction) throws {
        let isSame = business.isLegally(vendor.business)
        try VendorQueries.update(business, isVerified: vendor.isVerified && isSame, vendor.id, at: time.now, tx)
        if !isSame { try VendorDocumentQueries.reopen(of: vendor.id, tx) }
        if business.name != vendor.name { tx.catalogChanged() }
    }

    /// Gives the vendor of a caller the picture under `key`, or none.
    ///
    /// - Throws: `VendorError.noVendor`, `SQLError`.
    func set(_ picture: VendorPicture, to key: String?, of user: UserID, in tx: Transaction) throws -> VendorFile {
        guard let vendor = try VendorQueries.lock(of: user, tx) else { throw VendorError.noVendor }
        try VendorQueries.setPicture(picture, to: key, of: vendor.id, at: time.now, tx)
        if let key { try jobs.enqueue(MakePictureSizes(key: key), in: tx) }
        return try file(vendor.id, tx)
    }
}
