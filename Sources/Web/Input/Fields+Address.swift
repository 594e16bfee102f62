import Commerce
import Primitives

extension Fields {
    /// Reads the fields of a postal address: one rule for address books, orders and whatever else asks for one.
    public func postalChange() -> PostalChange {
        var change = PostalChange()
        change.fullName = sent("full_name") { $0.string($1, length: 1...150) }
        change.phoneNumber = phoneChange("phone_number")
        change.addressLine1 = sent("address_line1") { $0.string($1, length: 1...255) }
        change.addressLine2 = self.change("address_line2")
        change.postalCode = self.change("postal_code", length: 0...20)
        change.country = sent("country") { $0.country($1) }
        change.city = town("city", of: change.country)
        change.state = state("state", of: change.country)
        return change
    }

    /// Reads the town of an address in `country`; nil where it was not sent. It may be left out and be blank where the country is
    /// one town; where the country was not sent, whoever has the address has to look (`PostalAddress.checkTown()`).
    private func town(_ name: String, of country: String?) -> String? {
        // The document of the API has no country to ask.
        if isDescribing {
            record(name, .text(0...100), isRequired: false)
            return nil
        }
        if let country, Country.hasTowns(country) { return sent(name) { $0.string($1, length: 1...100) } }
        if raw(name) == .null {
            fail(name, "This field may not be null.")
            return nil
        }
        let town = change(name, length: 0...100)
        return isPartial ? town : town ?? ""
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
