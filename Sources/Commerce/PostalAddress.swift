import SQL

/// A postal address as it is copied onto an order: the plan's fields, without what belongs to the address book.
public struct PostalAddress: Sendable, Hashable, Codable {
    public var fullName: String
    public var phoneNumber: String
    public var addressLine1: String
    public var addressLine2: String
    public var city: String
    public var state: String
    public var postalCode: String
    /// ISO 3166-1 alpha-2.
    public var country: String

    public init(
        fullName: String, phoneNumber: String, addressLine1: String, addressLine2: String, city: String, state: String,
        postalCode: String, country: String
    ) {
        self.fullName = fullName
        self.phoneNumber = phoneNumber
        self.addressLine1 = addressLine1
        self.addressLine2 = addressLine2
        self.city = city
        self.state = state
        self.postalCode = postalCode
        self.country = country
    }

    enum CodingKeys: String, CodingKey {
        case fullName = "full_name"
        case phoneNumber = "phone_number"
        case addressLine1 = "address_line1"
        case addressLine2 = "address_line2"
        case city, state
        case postalCode = "postal_code"
        case country
    }
}
