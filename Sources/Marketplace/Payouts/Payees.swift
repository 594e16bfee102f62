import Commerce
import SQL
import Vendors

/// Where the money of these vendors goes; whoever is left out is paid by hand.
public typealias PayeeReader = @Sendable ([VendorID], Connection) throws -> [VendorID: PayoutTarget]

extension BankAccount {
    /// Whether a bank can find it.
    var isComplete: Bool { !iban.isEmpty || !accountNumber.isEmpty }
}
