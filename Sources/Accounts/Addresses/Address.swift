import Commerce
import Primitives
import SQL

/// What an address is for.
public enum AddressType: String, Sendable, CaseIterable, Codable, SQLConvertible {
    case shipping
    case billing
    case both

    /// The kinds of default that an address of this type can be.
    var kinds: [DefaultKind] {
        switch self {
        case .shipping: [.shipping]
        case .billing: [.billing]
        case .both: [.shipping, .billing]
        }
    }
}

/// What an address can be the default for.
enum DefaultKind: Sendable, CaseIterable {
    case shipping
    case billing
}

/// An entry of a user's address book as it is written.
public struct AddressDraft: Sendable, Hashable {
    public var type: AddressType
    /// `Home`, `Office`.
    public var label: String
    public var postal: PostalAddress
    /// Degrees times 10^6.
    public var latitude: Int64?
    public var longitude: Int64?
    /// The defaults that it is to become, or to cease to be.
    var wishes: [DefaultKind: Bool] = [:]

    public init(type: AddressType = .both, label: String = "", _ postal: PostalAddress) {
        self.type = type
        self.label = label
        self.postal = postal
    }
}

/// An entry of a user's address book.
public struct Address: Sendable, Hashable {
    public let id: AddressID
    public let type: AddressType
    public let label: String
    public let postal: PostalAddress
    public let isDefaultShipping: Bool
    public let isDefaultBilling: Bool
    let latitude: Int64?
    let longitude: Int64?
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
}

extension Address: RowDecodable {
    static let columns: Query = """
        id, address_type, label, full_name, phone_number, address_line1, address_line2, city, state, postal_code, country, \
        is_default_shipping, is_default_billing, latitude, longitude, version, created_at, updated_at
        """

    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: Row) throws {
        id = try row[0]
        type = try row[1]
        label = try row[2]
        postal = PostalAddress(
            fullName: try row[3], phoneNumber: try row[4], addressLine1: try row[5], addressLine2: try row[6],
            city: try row[7], state: try row[8], postalCode: try row[9], country: try row[10])
        isDefaultShipping = try row[11]
        isDefaultBilling = try row[12]
        latitude = try row[13]
        longitude = try row[14]
        version = try row[15]
        createdAt = try row[16]
        updatedAt = try row[17]
    }

    func isDefault(_ kind: DefaultKind) -> Bool { kind == .shipping ? isDefaultShipping : isDefaultBilling }

    /// This address as it would be written again unchanged.
    var draft: AddressDraft {
        var draft = AddressDraft(type: type, label: label, postal)
        draft.latitude = latitude
        draft.longitude = longitude
        return draft
    }
}
