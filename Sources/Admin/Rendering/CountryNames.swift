import AdminPages
import CResources
import Commerce
import Primitives

/// The countries of ISO 3166-1 by their names in the languages of the admin, as `Resources/countries.txt` has them.
enum CountryNames {
    /// A country in one language.
    struct Entry: Sendable {
        let code: String
        let name: String
    }

    /// Returns all countries in the order of their names in a language.
    static func all(in language: AdminLanguage) -> [Entry] { language == .german ? german : english }

    /// Returns the name of the country with a code; nil where there is none.
    static func name(of code: String, in language: AdminLanguage) -> String? { byCode[code]?.text(in: language) }

    private static let english = sorted(.english)
    private static let german = sorted(.german)

    private static func sorted(_ language: AdminLanguage) -> [Entry] {
        let entries = byCode.map { Entry(code: $0.key, name: $0.value.text(in: language)) }
        let keyed = entries.map { (entry: $0, key: TextFolding.fold($0.name)) }
        return keyed.sorted { $0.key < $1.key }.map { $0.entry }
    }

    private static let byCode: [String: Phrase] = {
        let bytes = UnsafeBufferPointer(start: kontor_countries_bytes(), count: kontor_countries_length)
        var names: [String: Phrase] = [:]
        for line in String(decoding: bytes, as: UTF8.self).cut(at: "\n", keepsEmpty: false) {
            if line.begins(with: "#") { continue }
            let parts = line.cut(at: "|").map { String($0) }
            guard parts.count == 3 else { continue }
            names[parts[0]] = Phrase(parts[1], parts[2])
        }
        return names
    }()
}
