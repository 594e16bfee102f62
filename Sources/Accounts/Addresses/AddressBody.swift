import Commerce
import Primitives
import Web

/// An entry of the address book: what it is for, the address, and what the book knows of it, as one object.
struct AddressBody: ResponseBody {
    struct Entry: Codable, Sendable {
        let id: AddressID
        let addressType: AddressType
        let label: String
    }

    struct Details: Codable, Sendable {
        let isDefaultShipping: Bool
        let isDefaultBilling: Bool
        let latitude: String?
        let longitude: String?
        let version: Int
        let createdAt: Timestamp
        let updatedAt: Timestamp
    }

    let entry: Entry
    let postal: PostalAddress
    let details: Details

    init(_ address: Address) {
        entry = Entry(id: address.id, addressType: address.type, label: address.label)
        postal = address.postal
        details = Details(
            isDefaultShipping: address.isDefaultShipping, isDefaultBilling: address.isDefaultBilling,
            latitude: address.latitude.map(Self.degrees), longitude: address.longitude.map(Self.degrees),
            version: address.version, createdAt: address.createdAt, updatedAt: address.updatedAt)
    }

    init(from decoder: any Decoder) throws {
        entry = try Entry(from: decoder)
        postal = try PostalAddress(from: decoder)
        details = try Details(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        try postal.encode(to: encoder)
        try details.encode(to: encoder)
    }

    /// Millionths of a degree as a decimal number: `"-33.868800"`.
    private static func degrees(_ millionths: Int64) -> String {
        let fraction = String(millionths.magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
        return (millionths < 0 ? "-" : "") + "\(millionths.magnitude / 1_000_000)." + zeros + fraction
    }
}

/// An entry of the address book as it is shown where something is shipped to it.
struct ShippingAddressBody: ResponseBody {
    struct Entry: Codable, Sendable {
        let id: AddressID
    }

    struct Details: Codable, Sendable {
        let isDefault: Bool
        let version: Int
    }

    let entry: Entry
    let postal: PostalAddress
    let details: Details

    init(_ address: Address) {
        entry = Entry(id: address.id)
        postal = address.postal
        details = Details(isDefault: address.isDefaultShipping, version: address.version)
    }

    init(from decoder: any Decoder) throws {
        entry = try Entry(from: decoder)
        postal = try PostalAddress(from: decoder)
        details = try Details(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        try postal.encode(to: encoder)
        try details.encode(to: encoder)
    }
}
