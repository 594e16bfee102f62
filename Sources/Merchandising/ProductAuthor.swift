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
    func require(_ reference: Reference, _ tx: Transaction) throws {
        guard case .vendor(let id) = self else { return }
        guard try ProductService.lock(reference, in: tx).draft.vendorID == id else { throw NotFound() }
    }

    /// Returns what this author may change of `change`: a vendor neither recommends nor approves products, nor chooses
    /// their addresses.
    func restricted(_ change: ProductChange) -> ProductChange {
        guard case .vendor = self else { return change }
        var rest = change
        rest.vendor = nil
        rest.isFeatured = nil
        rest.approval = nil
        rest.slug = nil
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
    /// taxed otherwise (what a vendor earns is net of tax), or for more than half as much again as staff have approved,
    /// in however many steps. What was rejected is looked at again after any change.
    ///
    /// - Throws: `OutOfRange`.
    func review(_ product: Product, _ variants: [ProductVariant], _ new: inout ProductDraft) throws {
        let old = product.draft
        guard old != new else { return }
        let isOther =
            try (old.name, old.categoryID, old.taxClass) != (new.name, new.categoryID, new.taxClass)
            || product.exceedsApproved(at: new.price, in: variants)
        if old.approval == .rejected || isOther && !isAutomatic { new.approval = .pending }
    }

    /// Returns whether staff have to look at a product again of which a vendor has changed, added or removed a variant:
    /// it costs more than half as much again as they have approved, or was rejected.
    ///
    /// - Throws: `OutOfRange`.
    func isDue(_ product: Product, _ variants: [ProductVariant]) throws -> Bool {
        switch product.draft.approval {
        case .pending: false
        case .rejected: true
        case .approved: try !isAutomatic && product.exceedsApproved(at: product.draft.price, in: variants)
        }
    }

    /// Returns whether prices that `author` writes are approved by that.
    func approvesPrices(of author: ProductAuthor) -> Bool { isAutomatic || author == .staff }
}
