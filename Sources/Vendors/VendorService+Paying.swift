import Commerce
import SQL

/// Where a vendor's money goes, for whoever sends it.
public struct PayoutTarget: Sendable, Hashable {
    /// The way in which it is sent.
    public let method: PayoutMethod
    /// The account for bank transfers; nil where none is known.
    public let account: BankAccount?
    /// The address that PayPal pays to; may be empty.
    public let email: String

    /// Creates a target: an account for bank transfers, an address for PayPal.
    public init(method: PayoutMethod = .bankTransfer, account: BankAccount? = nil, email: String = "") {
        self.method = method
        self.account = account
        self.email = email
    }
}

/// What the rooms ask that settle with vendors.
extension VendorService {
    /// Returns where the money of these vendors goes, by one statement; those without a profile are left out.
    ///
    /// - Throws: `SQLError`.
    public func payoutTargets(
        of ids: [VendorID], _ connection: Connection
    ) throws -> [VendorID: PayoutTarget] {
        let profiles = try VendorProfileQueries.all(of: ids, connection)
        return profiles.reduce(into: [:]) { targets, found in
            let (id, profile) = (found.key, found.value)
            targets[id] = PayoutTarget(
                method: profile.payoutMethod, account: account(profile, of: id), email: email(profile, of: id))
        }
    }

    /// Returns the rates that staff gave these vendors at approval, in millionths; those without one are left out.
    ///
    /// - Throws: `SQLError`.
    public func approvedRates(of ids: [VendorID], _ connection: Connection) throws -> [VendorID: Int64] {
        try VendorQueries.approvedRates(of: ids, connection)
    }
}
