import Commerce
import Primitives
import SQL

/// The way in which a vendor is paid.
public enum PayoutMethod: String, WireEnum {
    case bankTransfer = "bank_transfer"
    case paypal
    case manual
}

/// How a vendor is reached and paid.
public struct VendorProfile: Sendable, Hashable {
    /// Digits in the form of `PhoneNumber`; may be empty.
    public var phoneNumber = ""
    /// The address for business, which is also the one that PayPal pays to; may be empty.
    public var email = ""
    /// A whole web address; may be empty.
    public var website = ""
    /// Where the business is; its name and telephone number are empty.
    public var address = PostalAddress.empty
    /// The bank account as it is sealed; empty without one.
    public var sealedAccount = ""
    /// The address that PayPal pays to as it is sealed, in place of the one for business; empty before the owner is erased.
    var sealedEmail = ""
    /// The way in which money is sent.
    public var payoutMethod = PayoutMethod.bankTransfer
    /// Whole web addresses by the name of the network.
    public var socialLinks: [String: String] = [:]

    /// An empty profile, paid by bank transfer.
    public init() {}
}

extension VendorProfile: RowDecodable {
    static let columns: Query = """
        phone_number, email, website, address_line1, address_line2, city, state, postal_code, country, bank_account,
        sealed_email, payout_method, social_links
        """

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        phoneNumber = try row()
        email = try row()
        website = try row()
        address = PostalAddress(
            fullName: "", phoneNumber: "", addressLine1: try row(), addressLine2: try row(), city: try row(),
            state: try row(), postalCode: try row(), country: try row())
        sealedAccount = try row()
        sealedEmail = try row()
        payoutMethod = try row()
        socialLinks = try Self.links(row())
    }

    func values() throws -> ColumnValues {
        [
            "phone_number": phoneNumber, "email": email, "website": website, "address_line1": address.addressLine1,
            "address_line2": address.addressLine2, "city": address.city, "state": address.state,
            "postal_code": address.postalCode, "country": address.country, "bank_account": sealedAccount,
            "sealed_email": sealedEmail, "payout_method": payoutMethod,
            "social_links": String(
                decoding: try JSONBytes.encode(JSONValue.object(socialLinks.mapValues { .string($0) })), as: UTF8.self),
        ]
    }

    private static func links(_ text: String) throws -> [String: String] {
        guard case .object(let members) = try JSONValue(parsing: Array(text.utf8)) else { return [:] }
        return members.compactMapValues { if case .string(let link) = $0 { link } else { nil } }
    }
}

/// The change that a request asks for in a vendor and its profile; nil leaves a value as it is.
struct VendorChange: Sendable {
    var name: String?
    var type: BusinessType?
    var registrationNumber: String?
    var taxID: String?
    var description: String?
    var phoneNumber: String?
    var email: String?
    var website: String?
    var address = PostalChange()
    /// `.some(nil)` removes the account.
    var bankAccount: BankAccount??
    var payoutMethod: PayoutMethod?
    var socialLinks: [String: String]?

    func applied(to business: Vendor.Business) -> Vendor.Business {
        Vendor.Business(
            name: name ?? business.name, type: type ?? business.type,
            registrationNumber: registrationNumber ?? business.registrationNumber, taxID: taxID ?? business.taxID,
            description: description ?? business.description)
    }

    /// Returns the profile with these changes, but for the bank account.
    ///
    /// - Throws: `ValidationError` on `profile.state`.
    func applied(to profile: VendorProfile) throws(ValidationError) -> VendorProfile {
        var changed = profile
        changed.phoneNumber = phoneNumber ?? profile.phoneNumber
        changed.email = email ?? profile.email
        changed.website = website ?? profile.website
        do {
            changed.address = try address.applied(to: profile.address)
        } catch {
            throw ValidationError(.members(["profile": error.errors]))
        }
        changed.payoutMethod = payoutMethod ?? profile.payoutMethod
        changed.socialLinks = socialLinks ?? profile.socialLinks
        return changed
    }
}

extension VendorProfile {
    /// Returns whether money would go where it went before; `isSameAccount` says so of the bank account.
    func pays(like other: VendorProfile, isSameAccount: Bool) -> Bool {
        let isPayPal = payoutMethod == .paypal || other.payoutMethod == .paypal
        return isSameAccount && payoutMethod == other.payoutMethod && (!isPayPal || email == other.email)
    }
}
