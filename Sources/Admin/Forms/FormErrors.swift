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
            var texts: [String] = []
            for (path, sentence) in Self.sentences(value, at: "") {
                let text = Messages.text(sentence, in: language)
                if fields.contains(where: { $0.name == "\(name).\(path)" }) {
                    byField["\(name).\(path)"] = text
                } else {
                    texts.append((path.isEmpty ? "" : path + ": ") + text)
                }
            }
            if texts.isEmpty { continue }
            let text = texts.joined(separator: " ")
            if fields.contains(where: { $0.name == name }) {
                byField[name] = text
            } else {
                general.append(name == "non_field_errors" ? text : "\(name): \(text)")
            }
        }
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
