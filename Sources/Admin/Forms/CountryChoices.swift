import AdminPages

/// Fields by which countries are chosen by their names.
extension FieldViews {
    /// Returns an option for each country, in the order of their names; with `chosenFirst` the chosen ones stand before the others.
    /// What was entered and names no country stays among them, so that it can be refused at its field.
    func countries(chosen: [String], chosenFirst: Bool = false) -> [[String: Any]] {
        let known = CountryNames.all(in: visit.language)
        let strange = chosen.filter { !$0.isEmpty && CountryNames.name(of: $0, in: visit.language) == nil }
        let options = known.map { (code: $0.code, name: $0.name, isOn: chosen.contains($0.code)) }
        let ordered = chosenFirst ? options.filter { $0.isOn } + options.filter { !$0.isOn } : options
        return strange.map { ["value": $0, "text": $0, "isOn": true] as [String: Any] }
            + ordered.map { ["value": $0.code, "text": $0.name, "isOn": $0.isOn] as [String: Any] }
    }
}

extension Visit {
    /// Returns what the country with a code is called; the code itself where it is none.
    func country(_ code: String) -> String { CountryNames.name(of: code, in: language) ?? code }
}
