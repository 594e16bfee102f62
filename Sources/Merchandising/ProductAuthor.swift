import Catalog
import Commerce
import SQL
import Vendors
import Web

/// Who writes a product: staff any, a vendor their own.
enum ProductAuthor: Sendable, Hashable {
    case staff
    case vendor(VendorID)

    /// Takes the caller of an endpoint for staff with the permission and for vendors; the vendor stays approved until
    /// the transaction ends.
    ///
    /// - Throws: `VendorError`, `AuthenticationError`, `SQLError`.
    init(_ call: APIRequest, _ tx: Transaction) throws {
        let caller = try call.caller()
        self =
            caller.may(ProductRoutes.permission) ? .staff : .vendor(try VendorAccess.seller(of: caller.userID, in: tx))
    }

    /// Refuses a vendor somebody else's product as if it did not exist.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func require(_ reference: Reference, _ products: ProductService, _ tx: Transaction) throws {
        guard case .vendor(let id) = self else { return }
        guard try products.lock(reference, in: tx).draft.vendorID == id else { throw NotFound() }
    }

    /// Returns what this author may change of `change`: a vendor neither recommends nor approves products.
    func restricted(_ change: ProductChange) -> ProductChange {
        guard case .vendor = self else { return change }
        var rest = change
        rest.vendor = nil
        rest.isFeatured = nil
        rest.approval = nil
        return rest
    }
}

/// When a vendor's product has to be looked at by staff.
struct ProductApproval: Sendable {
    /// Whether vendors' products are shown without staff having seen them.
    let isAutomatic: Bool

    /// Returns what becomes of a new product of a vendor.
    func placed(_ change: ProductChange, of vendor: VendorID) -> ProductChange {
        var placed = change
        placed.vendor = .some(vendor)
        placed.approval = isAutomatic ? .approved : .pending
        return placed
    }

    /// Asks for approval where a vendor has made something else of a product: under another name, in another category,
    /// taxed otherwise (what a vendor earns is net of tax), or for more than half as much again. What was rejected is
    /// looked at again after any change.
    func review(_ old: ProductDraft, _ new: inout ProductDraft) {
        guard old != new else { return }
        let isOther =
            (old.name, old.categoryID, old.taxClass) != (new.name, new.categoryID, new.taxClass)
            || Self.isRise(from: old.price, to: new.price)
        if old.approval == .rejected || isOther && !isAutomatic { new.approval = .pending }
    }

    /// Returns whether a price has risen by more than half.
    static func isRise(from old: Money, to new: Money) -> Bool {
        // Prices are far below a third of what fits.
        new > old && new.minorUnits * 2 > old.minorUnits * 3
    }
}
