import AdminPages
import Primitives
import Web

/// What an endpoint refused, at the fields that it is about.
struct FormErrors: Sendable {
    /// The sentence for each field of the form.
    var byField: [String: String] = [:]
    /// Sentences about no field of the form.
    var general: [String] = []

    /// Sorts a refusal's sentences to the fields.
    init(_ answer: APIAnswer, _ fields: [AdminField], _ language: AdminLanguage) {
        guard case .object(let members) = answer.json else {
            general = [Words.reason(of: answer.response.status).text(in: language)]
            return
        }
        if let detail = answer.json.text("detail") {
            general = [Messages.text(detail, in: language)]
            return
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            for (path, sentence) in Self.sentences(value, at: name) {
                add(Messages.text(sentence, in: language), at: path, of: name, fields, language)
            }
        }
    }

    /// Adds a sentence to the field that has its place, or one above it.
    private mutating func add(
        _ text: String, at path: String, of name: String, _ fields: [AdminField], _ language: AdminLanguage
    ) {
        guard let field = fields.first(where: { path == $0.name || path.begins(with: $0.name + ".") }) else {
            return general.append(
                name == "non_field_errors" ? text : "\(Vocabulary.place(path, in: language)): \(text)")
        }
        let place = path.after(field.name + ".").map { Vocabulary.place(String($0), in: language) + ": " } ?? ""
        byField[field.name] = (byField[field.name].map { $0 + " " } ?? "") + place + text
    }

    /// Creates no errors.
    init() {}

    /// Returns the sentences within a refusal, each with the place of what it is about.
    static func sentences(_ value: JSONValue, at path: String) -> [(String, String)] {
        switch value {
        case .string(let text): [(path, text)]
        case .array(let elements):
            elements.enumerated().flatMap { place, element in
                if case .string(let text) = element { return [(path, text)] }
                return sentences(element, at: path.isEmpty ? String(place + 1) : "\(path).\(place + 1)")
            }
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { name, member in
                sentences(member, at: path.isEmpty ? name : "\(path).\(name)")
            }
        default: []
        }
    }
}
