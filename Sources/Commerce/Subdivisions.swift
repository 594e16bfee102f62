import CResources
import Primitives
import Synchronization

/// States, provinces and regions of countries by code and by name: ISO 3166-2, as `Resources/subdivisions.txt` has
/// them.
public enum Subdivisions {
    /// The meaning of a text as the state of an address.
    public enum Reading: Sendable, Hashable {
        /// A subdivision, by its code without the country.
        case code(String)
        /// No state is given.
        case empty
        /// The country has no coded subdivisions: the text is taken as it is.
        case uncoded(String)
        /// The country has coded subdivisions, and this is none of them.
        case unknown
    }

    /// Reads `text` as a subdivision of a country: its code with or without the country's, one of its names, or a usual
    /// abbreviation, whatever the case, the accents and the dots.
    ///
    /// A name may be that of a province and of the region around it: an address means the province, which lies in both;
    /// a rule (`isRule`) means the region.
    public static func read(_ text: String, in country: String, isRule: Bool = false) -> Reading {
        guard let states = states(of: country) else { return text.isEmpty ? .empty : .uncoded(text) }
        if text.isEmpty { return .empty }
        if states.outer[text] != nil { return .code(text) }
        return states.read(text, in: country, isRule: isRule)
    }

    /// Returns whether addresses of a country name their state by its code.
    public static func areCoded(in country: String) -> Bool { states(of: country) != nil }

    /// Returns a subdivision and those that it lies in, the outermost first.
    public static func around(_ code: String, in country: String) -> [String] {
        guard let outer = states(of: country)?.outer else { return [code] }
        var chain = [code]
        while let next = chain.last.flatMap({ outer[$0] }) ?? nil, !chain.contains(next) { chain.append(next) }
        return chain.reversed()
    }

    /// Returns a subdivision's code, and its names in capitals: what rules written before they were checked may say.
    public static func spellings(of code: String, in country: String) -> [String] {
        [code] + (states(of: country)?.spelled[code] ?? []).map { $0.uppercased() }
    }

    /// Returns the sentence that refuses a state which cannot be read.
    public static func refusal(_ text: String, in country: String) -> String {
        "\"\(text)\" is not a state, province or region of \(country): give its name or its code of ISO 3166-2."
    }

    private static let known = Mutex<[String: CountryStates?]>([:])

    /// Returns the states of a country, read when it is first asked for.
    private static func states(of country: String) -> CountryStates? {
        known.withLock { known in
            if let states = known[country] { return states }
            let states = SubdivisionFile.rows(of: country).map(CountryStates.init)
            known[country] = .some(states)
            return states
        }
    }
}

/// The subdivisions of one country.
struct CountryStates: Sendable {
    /// Every code, with the one that it lies in.
    let outer: [String: String?]
    /// Names and abbreviations of each code.
    let spelled: [String: [String]]
    /// Codes by folded code, name and abbreviation; those of equal names from the outermost to the innermost.
    private let names: [String: [String]]
    /// Codes by names without such words as `Province`.
    private let bareNames: [String: [String]]

    init(_ rows: [SubdivisionFile.Row]) {
        outer = Dictionary(rows.map { ($0.code, $0.outer) }) { first, _ in first }
        spelled = Dictionary(rows.map { ($0.code, $0.names) }) { first, _ in first }
        var names: [String: [String]] = [:]
        var bareNames: [String: [String]] = [:]
        let outermostFirst = rows.filter { $0.outer == nil } + rows.filter { $0.outer != nil }
        for row in outermostFirst {
            for name in row.names {
                Self.add(row.code, to: &names[StateName.folded(name), default: []])
                Self.add(row.code, to: &bareNames[StateName.bare(name), default: []])
            }
        }
        for row in rows { names[StateName.folded(row.code)] = [row.code] }
        self.names = names
        self.bareNames = bareNames
    }

    private static func add(_ code: String, to codes: inout [String]) {
        if !codes.contains(code) { codes.append(code) }
    }

    func read(_ text: String, in country: String, isRule: Bool) -> Subdivisions.Reading {
        for candidate in [text, StateName.withoutCountry(text, country)] {
            let folded = StateName.folded(candidate)
            if folded.isEmpty { return .empty }
            if let code = choose(names[folded], isRule) ?? choose(bareNames[StateName.bare(candidate)], isRule) {
                return .code(code)
            }
        }
        return StateName.nothing.contains(StateName.folded(text)) ? .empty : .unknown
    }

    /// Chooses among equal names: the province in its region, or for a rule the region.
    private func choose(_ codes: [String]?, _ isRule: Bool) -> String? {
        guard let codes, let first = codes.first, let last = codes.last else { return nil }
        return !isRule && outer[last] == first ? last : first
    }
}

/// The form in which names of states are compared.
enum StateName {
    /// Words that people write where a form wants a state and there is none.
    static let nothing: Set<String> = ["na", "none", "nil", "null", "x", "xx", "notapplicable"]

    /// Returns the letters and digits alone, in lower case and without accents.
    static func folded(_ name: String) -> String { TextFolding.words(name).joined() }

    /// Returns ``folded(_:)`` of the name without the words that say what kind of subdivision it is.
    static func bare(_ name: String) -> String {
        let words = TextFolding.words(name)
        let own = words.filter { !kinds.contains($0) }
        return (own.isEmpty ? words : own).joined()
    }

    /// Returns `CA` for `US-CA`.
    static func withoutCountry(_ text: String, _ country: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > 3, String(scalars.prefix(2)).uppercased() == country,
            scalars.dropFirst(2).first == "-" || scalars.dropFirst(2).first == " "
        else { return text }
        return String(scalars.dropFirst(3))
    }

    private static let kinds = Set(
        """
        state province prefecture region county co oblast krai district governorate department canton territory \
        municipality autonomous community emirate parish republic division of the and provincia province probintzia \
        region regione departamento estado comunidad comunitat autonoma comuna de del di da do la el land kanton \
        bundesland departement contae gouvernorat wilaya okres kraj kraje zupanija megye wojewodztwo lan laen laani \
        maakunta mkoa savivaldybe apskritis raionul judetul qarku distrito periferia περιφερεια область край округ облысы \
        محافظة ولاية إقليم منطقة ken fu to shi sheng do si
        """.words.map { TextFolding.fold(String($0)) })
}
