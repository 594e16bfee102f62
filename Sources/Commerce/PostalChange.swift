/// A client's change of a postal address; nil leaves a field as it is, or empty in a new address.
public struct PostalChange: Sendable, Hashable {
    /// The recipient, 1 to 150 characters.
    public var fullName: String?
    /// Digits in the form of `PhoneNumber`.
    public var phoneNumber: String?
    /// Street and number, 1 to 255 characters.
    public var addressLine1: String?
    /// Apartment, floor or company; may be empty.
    public var addressLine2: String?
    /// The town, at most 100 characters; empty only where the country has none (`PostalAddress.checkTown()`).
    public var city: String?
    /// A code, name or abbreviation of a subdivision, at most 100 characters; may be empty.
    public var state: String?
    /// At most 20 characters; may be empty.
    public var postalCode: String?
    /// ISO 3166-1 alpha-2.
    public var country: String?

    /// Creates a change that changes nothing.
    public init() {}

    /// Returns `old` with these changes, its state by its code.
    ///
    /// - Throws: `ValidationError` on `state` where the country has none like it. The state of an old address is not
    ///   checked as long as neither it nor the country changes.
    public func applied(to old: PostalAddress) throws(ValidationError) -> PostalAddress {
        let new = PostalAddress(
            fullName: fullName ?? old.fullName, phoneNumber: phoneNumber ?? old.phoneNumber,
            addressLine1: addressLine1 ?? old.addressLine1, addressLine2: addressLine2 ?? old.addressLine2,
            city: city ?? old.city, state: state ?? old.state, postalCode: postalCode ?? old.postalCode,
            country: country ?? old.country)
        if new.state == old.state, new.country == old.country { return (try? new.coded()) ?? new }
        return try new.coded()
    }

    /// Returns a whole address of these fields, empty where one is nil.
    ///
    /// - Throws: `ValidationError` on `state`.
    public func address() throws(ValidationError) -> PostalAddress { try applied(to: .empty) }
}

extension PostalAddress {
    /// An address with every field empty.
    public static let empty = PostalAddress(
        fullName: "", phoneNumber: "", addressLine1: "", addressLine2: "", city: "", state: "", postalCode: "",
        country: "")

    /// Checks that a town is named where addresses of the country name one.
    ///
    /// - Throws: `ValidationError` on `city`.
    public func checkTown() throws(ValidationError) {
        if city.isEmpty, Country.hasTowns(country) { throw ValidationError("city", "This field may not be blank.") }
    }

    /// Returns this address with its state by its code, where its country has coded subdivisions.
    ///
    /// - Throws: `ValidationError` on `state` where there is none like it.
    public func coded() throws(ValidationError) -> PostalAddress {
        var coded = self
        switch Subdivisions.read(state, in: country) {
        case .code(let code): coded.state = code
        case .empty: coded.state = ""
        case .uncoded: break
        case .unknown: throw ValidationError("state", Subdivisions.refusal(state, in: country))
        }
        return coded
    }
}
