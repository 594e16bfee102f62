import Commerce

/// What a client says of an address; nil leaves a field as it is, or empty in a new one.
struct AddressChanges: Sendable {
    var type: AddressType?
    var label: String?
    var fullName: String?
    var phoneNumber: String?
    var addressLine1: String?
    var addressLine2: String?
    var city: String?
    var state: String?
    var postalCode: String?
    var country: String?
    /// The outer nil leaves it, the inner one clears it.
    var latitude: Int64??
    var longitude: Int64??
    var wishes: [DefaultKind: Bool] = [:]

    /// `old` with these changes.
    func applied(to old: AddressDraft) -> AddressDraft {
        var new = old
        new.type = type ?? old.type
        new.label = label ?? old.label
        new.postal = PostalAddress(
            fullName: fullName ?? old.postal.fullName, phoneNumber: phoneNumber ?? old.postal.phoneNumber,
            addressLine1: addressLine1 ?? old.postal.addressLine1,
            addressLine2: addressLine2 ?? old.postal.addressLine2, city: city ?? old.postal.city,
            state: state ?? old.postal.state, postalCode: postalCode ?? old.postal.postalCode,
            country: country ?? old.postal.country)
        new.latitude = latitude ?? old.latitude
        new.longitude = longitude ?? old.longitude
        new.wishes = wishes
        return new
    }

    /// A new address of these fields, of `type` unless they say another.
    func draft(_ type: AddressType) -> AddressDraft {
        let empty = PostalAddress(
            fullName: "", phoneNumber: "", addressLine1: "", addressLine2: "", city: "", state: "", postalCode: "",
            country: "")
        return applied(to: AddressDraft(type: type, empty))
    }
}
