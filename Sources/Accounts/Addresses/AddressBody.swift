import Commerce
import Primitives
import Web

/// An entry of the address book.
struct AddressBody: ResponseBody {
    let id: AddressID
    let addressType: AddressType
    let label: String
    let fullName: String
    let phoneNumber: String
    let addressLine1: String
    let addressLine2: String
    let city: String
    let state: String
    let postalCode: String
    let country: String
    let isDefaultShipping: Bool
    let isDefaultBilling: Bool
    let latitude: String?
    let longitude: String?
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case id
        case addressType = "address_type"
        case label
        case fullName = "full_name"
        case phoneNumber = "phone_number"
        case addressLine1 = "address_line1"
        case addressLine2 = "address_line2"
        case city, state
        case postalCode = "postal_code"
        case country
        case isDefaultShipping = "is_default_shipping"
        case isDefaultBilling = "is_default_billing"
        case latitude, longitude, version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ address: Address) {
        id = address.id
        addressType = address.type
        label = address.label
        fullName = address.postal.fullName
        phoneNumber = address.postal.phoneNumber
        addressLine1 = address.postal.addressLine1
        addressLine2 = address.postal.addressLine2
        city = address.postal.city
        state = address.postal.state
        postalCode = address.postal.postalCode
        country = address.postal.country
        isDefaultShipping = address.isDefaultShipping
        isDefaultBilling = address.isDefaultBilling
        latitude = address.latitude.map(Self.degrees)
        longitude = address.longitude.map(Self.degrees)
        version = address.version
        createdAt = address.createdAt
        updatedAt = address.updatedAt
    }

    /// Millionths of a degree as a decimal number: `"-33.868800"`.
    private static func degrees(_ millionths: Int64) -> String {
        let fraction = String(millionths.magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
        return (millionths < 0 ? "-" : "") + "\(millionths.magnitude / 1_000_000)." + zeros + fraction
    }
}

/// The same entry as something is shipped to it.
struct ShippingAddressBody: ResponseBody {
    let id: AddressID
    let fullName: String
    let phoneNumber: String
    let addressLine1: String
    let addressLine2: String
    let city: String
    let state: String
    let postalCode: String
    let country: String
    let isDefault: Bool
    let version: Int

    enum CodingKeys: String, CodingKey {
        case id
        case fullName = "full_name"
        case phoneNumber = "phone_number"
        case addressLine1 = "address_line1"
        case addressLine2 = "address_line2"
        case city, state
        case postalCode = "postal_code"
        case country
        case isDefault = "is_default"
        case version
    }

    init(_ address: Address) {
        id = address.id
        fullName = address.postal.fullName
        phoneNumber = address.postal.phoneNumber
        addressLine1 = address.postal.addressLine1
        addressLine2 = address.postal.addressLine2
        city = address.postal.city
        state = address.postal.state
        postalCode = address.postal.postalCode
        country = address.postal.country
        isDefault = address.isDefaultShipping
        version = address.version
    }
}
