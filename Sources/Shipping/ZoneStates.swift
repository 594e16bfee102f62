import Commerce

/// The states of a zone of these countries as they are stored: by their codes, preceded by the country's unless the
/// zone has exactly one country.
struct ZoneStates {
    let countries: [String]

    init(_ countries: [String]) {
        self.countries = countries
    }

    /// Returns the code of the state that staff name.
    ///
    /// - Throws: `ValidationError` on `states` where no country of the zone, or more than one, has such a state.
    func code(_ text: String) throws(ValidationError) -> String {
        let named = countryNamed(in: text)
        let places = named.map { [$0] } ?? countries
        let found = places.compactMap { country in
            state(text, in: country).map { countries.count == 1 ? $0 : country + "-" + $0 }
        }
        guard let code = found.first, found.count == 1 else {
            throw ValidationError("states", refusal(text, isAmbiguous: !found.isEmpty))
        }
        return code
    }

    private func state(_ text: String, in country: String) -> String? {
        switch Subdivisions.read(text, in: country, isRule: true) {
        case .code(let code): code
        case .uncoded: Destination.stateCode(text, in: country)
        case .empty, .unknown: nil
        }
    }

    /// Returns `US` for `US-CA`, where the zone has the country or is the whole world.
    private func countryNamed(in text: String) -> String? {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let country = Country.code(String(parts[0])) else { return nil }
        return countries.isEmpty || countries.contains(country) ? country : nil
    }

    private func refusal(_ text: String, isAmbiguous: Bool) -> String {
        if isAmbiguous || countries.isEmpty {
            return "Say of which country \"\(text)\" is a state: US-CA, not CA."
        }
        return Subdivisions.refusal(text, in: countries.joined(separator: ", "))
    }
}
