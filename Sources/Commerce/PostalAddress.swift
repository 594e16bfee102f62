import SQL

/// A postal address as it is copied onto an order, without what belongs to the address book.
public struct PostalAddress: Sendable, Hashable, Codable {
    /// The recipient, 1 to 150 characters.
    public var fullName: String
    /// Digits in the form of `PhoneNumber`; empty where none is given.
    public var phoneNumber: String
    /// Street and number, 1 to 255 characters.
    public var addressLine1: String
    /// Apartment, floor or company; empty where none is given.
    public var addressLine2: String
    /// The town, at most 100 characters; empty only where the country is one.
    public var city: String
    /// The code of ISO 3166-2 without the country where the country has coded subdivisions, else free text; may be
    /// empty.
    public var state: String
    /// At most 20 characters; may be empty.
    public var postalCode: String
    /// ISO 3166-1 alpha-2.
    public var country: String

    /// Takes the fields as they are, unchecked.
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
}
