import Commerce
import SQL

/// Whose vendor somebody is, for the rooms above that show vendors what is theirs.
public enum VendorAccess {
    /// Returns the vendor of an account, whatever the shop has decided about it.
    ///
    /// - Throws: `VendorError.noVendor`, `SQLError`.
    public static func vendor(of user: UserID, _ connection: Connection) throws -> Vendor {
        guard let vendor = try VendorQueries.find(of: user, connection) else { throw VendorError.noVendor }
        return vendor
    }

    /// Returns the vendor of an account where the shop has ever let it sell; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public static func merchant(of user: UserID, _ connection: Connection) throws -> Vendor? {
        guard let vendor = try VendorQueries.find(of: user, connection),
            vendor.status == .approved || vendor.status == .suspended
        else { return nil }
        return vendor
    }

    /// Returns the approved vendor of an account, which no decision changes until the transaction ends.
    ///
    /// - Throws: `VendorError.noVendor`, `VendorError.notApproved`, `SQLError`.
    public static func seller(of user: UserID, in tx: Transaction) throws -> VendorID {
        let vendor = try vendor(of: user, tx)
        // Read again under a lock: another transaction may be deciding.
        let status = try VendorQueries.status(of: vendor.id, tx) ?? vendor.status
        guard status == .approved else { throw VendorError.notApproved(status) }
        return vendor.id
    }

    /// Returns the names of these vendors; one that is not there is left out.
    ///
    /// - Throws: `SQLError`.
    public static func names(of ids: [VendorID], _ connection: Connection) throws -> [VendorID: String] {
        try VendorQueries.names(of: ids, connection)
    }

    /// Returns whether the public sees a vendor's products, which no decision changes until the transaction ends; false
    /// where there is no such vendor.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func sells(_ id: VendorID, _ tx: Transaction) throws -> Bool {
        try VendorQueries.status(of: id, tx) == .approved
    }
}
