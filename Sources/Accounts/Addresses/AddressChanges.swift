import Commerce

/// What a client says of an entry of an address book; nil leaves a field as it is, or empty in a new one.
struct AddressChanges: Sendable {
    var type: AddressType?
    var label: String?
    var postal: PostalChange
    /// The outer nil leaves it, the inner one clears it.
    var latitude: Int64??
    var longitude: Int64??
    var wishes: [DefaultKind: Bool] = [:]

    init(_ postal: PostalChange = PostalChange()) {
        self.postal = postal
    }

    /// Returns `old` with these changes.
    ///
    /// - Throws: `ValidationError` on `state` or `city`.
    func applied(to old: AddressDraft) throws(ValidationError) -> AddressDraft {
        var new = old
        new.type = type ?? old.type
        new.label = label ?? old.label
        new.postal = try postal.applied(to: old.postal)
        try new.postal.checkTown()
        new.latitude = latitude ?? old.latitude
        new.longitude = longitude ?? old.longitude
        new.wishes = wishes
        return new
    }

    /// Returns a new address of these fields, of `type` unless they say another.
    ///
    /// - Throws: `ValidationError` on `state` or `city`.
    func draft(_ type: AddressType) throws(ValidationError) -> AddressDraft {
        try applied(to: AddressDraft(type: type, .empty))
    }
}
