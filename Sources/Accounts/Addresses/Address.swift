import Commerce
import Primitives
import SQL

/// The uses that an address is offered for.
public enum AddressType: String, WireEnum {
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
    /// The uses that it is offered for.
    public var type: AddressType
    /// The user's own name for it, at most 50 characters: `Home`, `Office`.
    public var label: String
    /// The recipient and the place.
    public var postal: PostalAddress
    /// Degrees times 10^6, north positive; nil where it is not known.
    public var latitude: Int64?
    /// Degrees times 10^6, east positive; nil where it is not known.
    public var longitude: Int64?
    /// The defaults that it is to become, or to cease to be.
    var wishes: [DefaultKind: Bool] = [:]

    /// Creates an entry without coordinates that asks for no default.
    public init(type: AddressType = .both, label: String = "", _ postal: PostalAddress) {
        self.type = type
        self.label = label
        self.postal = postal
    }
}

/// An entry of a user's address book.
public struct Address: Sendable, Hashable {
    /// Unique among all users' addresses.
    public let id: AddressID
    /// The uses that it is offered for.
    public let type: AddressType
    /// The user's own name for it, at most 50 characters; may be empty.
    public let label: String
    /// The recipient and the place.
    public let postal: PostalAddress
    /// Whether it is the one default of its user for shipping.
    public let isDefaultShipping: Bool
    /// Whether it is the one default of its user for billing.
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

    /// Decodes the columns of an entry.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        type = try row()
        label = try row()
        postal = PostalAddress(
            fullName: try row(), phoneNumber: try row(), addressLine1: try row(), addressLine2: try row(),
            city: try row(), state: try row(), postalCode: try row(), country: try row())
        isDefaultShipping = try row()
        isDefaultBilling = try row()
        latitude = try row()
        longitude = try row()
        version = try row()
        createdAt = try row()
        updatedAt = try row()
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

extension AddressDraft {
    /// The columns that are written, with their values.
    var values: ColumnValues {
        [
            "address_type": type, "label": label, "full_name": postal.fullName, "phone_number": postal.phoneNumber,
            "address_line1": postal.addressLine1, "address_line2": postal.addressLine2, "city": postal.city,
            "state": postal.state, "postal_code": postal.postalCode, "country": postal.country, "latitude": latitude,
            "longitude": longitude,
        ]
    }
}
