/// What a client says of a postal address; nil leaves a field as it is, or empty in a new one.
public struct PostalChange: Sendable, Hashable {
    public var fullName: String?
    public var phoneNumber: String?
    public var addressLine1: String?
    public var addressLine2: String?
    public var city: String?
    public var state: String?
    public var postalCode: String?
    /// ISO 3166-1 alpha-2.
    public var country: String?

    public init() {}

    /// `old` with these changes, its state by its code.
    ///
    /// - Throws: `ValidationError` on `state` where the country has none like it; what an old address has is let be as long as
    ///   neither its state nor its country changes.
    public func applied(to old: PostalAddress) throws(ValidationError) -> PostalAddress {
        let new = PostalAddress(
            fullName: fullName ?? old.fullName, phoneNumber: phoneNumber ?? old.phoneNumber,
            addressLine1: addressLine1 ?? old.addressLine1, addressLine2: addressLine2 ?? old.addressLine2,
            city: city ?? old.city, state: state ?? old.state, postalCode: postalCode ?? old.postalCode,
            country: country ?? old.country)
        if new.state == old.state, new.country == old.country { return (try? new.coded()) ?? new }
        return try new.coded()
    }

    /// A whole address of these fields.
    ///
    /// - Throws: `ValidationError` on `state`.
    public func address() throws(ValidationError) -> PostalAddress { try applied(to: .empty) }
}

extension PostalAddress {
    /// An address that says nothing.
    public static let empty = PostalAddress(
        fullName: "", phoneNumber: "", addressLine1: "", addressLine2: "", city: "", state: "", postalCode: "",
        country: "")

    /// This address with its state by its code, where its country has coded subdivisions.
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
