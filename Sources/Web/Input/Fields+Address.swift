import Commerce

extension Fields {
    /// Reads the fields of a postal address: one rule for address books, orders and whatever else asks for one.
    public func postalChange() -> PostalChange {
        var change = PostalChange()
        change.fullName = sent("full_name") { $0.string($1, length: 1...150) }
        change.phoneNumber = phoneChange("phone_number")
        change.addressLine1 = sent("address_line1") { $0.string($1, length: 1...255) }
        change.addressLine2 = self.change("address_line2")
        change.city = sent("city") { $0.string($1, length: 1...100) }
        change.postalCode = self.change("postal_code", length: 0...20)
        change.country = sent("country") { $0.country($1) }
        change.state = state("state", of: change.country)
        return change
    }

    /// Reads the state of an address in `country`, by its code where the country has coded ones; nil where it was not
    /// sent. Without a country it is read as it stands.
    public func state(_ name: String, of country: String?) -> String? {
        let text = change(name, length: 0...100)
        guard let text, !text.isEmpty, let country, !country.isEmpty else { return text }
        switch Subdivisions.read(text, in: country) {
        case .code(let code): return code
        case .empty: return ""
        case .uncoded(let text): return text
        case .unknown:
            fail(name, Subdivisions.refusal(text, in: country))
            return ""
        }
    }
}
