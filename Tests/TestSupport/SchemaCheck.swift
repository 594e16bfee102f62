import Primitives

/// Holds values against schemas of the document of the API. It knows the keywords that the document uses, and takes
/// every other one for a fault.
///
/// A member that an object's schema does not name is a fault, unless the schema has `additionalProperties`.
struct SchemaCheck {
    private typealias Members = [String: JSONValue]

    private static let keywords: Set<String> = [
        "$ref", "additionalProperties", "anyOf", "contentMediaType", "description", "enum", "format", "items",
        "maxItems",
        "maxLength", "maximum", "minLength", "minimum", "pattern", "properties", "required", "type",
    ]

    /// `components` of the document.
    let components: JSONValue
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]

    init(components: JSONValue) {
        self.components = components
    }

    /// Returns what of `value` is not as `schema` says, each with its place.
    mutating func faults(of value: JSONValue, against schema: JSONValue, at place: String = "body") -> [String] {
        guard case .object(let rules) = schema else { return ["\(place): a schema that is no object"] }
        let unknown = rules.keys.filter { !Self.keywords.contains($0) }.sorted()
        guard unknown.isEmpty else { return ["\(place): the schema has \(unknown.joined(separator: ", "))"] }
        if let reference = rules["$ref"]?.text {
            guard let target = resolved(reference) else { return ["\(place): \(reference) leads nowhere"] }
            return faults(of: value, against: target, at: place)
        }
        if let choices = rules["anyOf"]?.elements { return choice(of: choices, value, at: place) }
        if let allowed = rules["enum"]?.elements, !allowed.contains(value) {
            return ["\(place): \(value.brief) is none of the values named"]
        }
        guard let type = rules["type"]?.text else { return [] }
        return faults(of: value, as: type, rules, at: place)
    }

    private func resolved(_ reference: String) -> JSONValue? {
        reference.split(separator: "/").dropFirst(2).reduce(Optional(components)) { $0?[String($1)] }
    }

    /// Returns the faults against the choice that fits, or else the one that comes closest.
    private mutating func choice(of choices: [JSONValue], _ value: JSONValue, at place: String) -> [String] {
        var closest: [String]?
        for choice in choices where value == .null || choice["type"]?.text != "null" {
            let found = faults(of: value, against: choice, at: place)
            if found.isEmpty { return [] }
            if closest.map({ found.count < $0.count }) ?? true { closest = found }
        }
        return closest ?? ["\(place): no schema for it"]
    }

    private mutating func faults(
        of value: JSONValue, as type: String, _ rules: [String: JSONValue], at place: String
    ) -> [String] {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool): return []
        case ("object", .object(let members)): return object(members, rules, at: place)
        case ("array", .array(let elements)): return array(elements, rules, at: place)
        case ("string", .string(let text)): return string(text, rules, at: place)
        case ("integer", .number(let text)):
            guard let number = Int(text) else { return ["\(place): \(text) is no integer"] }
            return range(of: Double(number), rules, at: place)
        case ("number", .number(let text)): return range(of: Double(text) ?? .nan, rules, at: place)
        default: return ["\(place): \(value.brief) is no \(type)"]
        }
    }

    private mutating func object(
        _ members: [String: JSONValue], _ rules: [String: JSONValue], at place: String
    ) -> [String] {
        let known = rules["properties"]?.members ?? [:]
        let required = rules["required"]?.elements.compactMap(\.text) ?? []
        var found = required.filter { members[$0] == nil }.map { "\(place).\($0) is required and not there" }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if let schema = known[name] ?? rules["additionalProperties"] {
                found += faults(of: value, against: schema, at: "\(place).\(name)")
            } else {
                found.append("\(place).\(name) is not in the document")
            }
        }
        return found
    }

    private mutating func array(_ elements: [JSONValue], _ rules: [String: JSONValue], at place: String) -> [String] {
        if let most = rules["maxItems"]?.number, elements.count > most { return ["\(place): more than \(most) items"] }
        guard let schema = rules["items"] else { return ["\(place): a list of nothing known"] }
        var found: [String] = []
        for (index, element) in elements.enumerated() {
            found += faults(of: element, against: schema, at: "\(place)[\(index)]")
        }
        return found
    }

    private mutating func string(_ text: String, _ rules: [String: JSONValue], at place: String) -> [String] {
        let length = text.unicodeScalars.count
        if let least = rules["minLength"]?.number, length < least { return ["\(place): shorter than \(least)"] }
        if let most = rules["maxLength"]?.number, length > most { return ["\(place): longer than \(most)"] }
        if let pattern = rules["pattern"]?.text, !matches(text, pattern) {
            return ["\(place): \(text) is not \(pattern)"]
        }
        if let format = rules["format"]?.text, !hasFormat(text, format) { return ["\(place): \(text) is no \(format)"] }
        return []
    }

    private func range(of number: Double, _ rules: [String: JSONValue], at place: String) -> [String] {
        if let least = rules["minimum"]?.number, number < Double(least) { return ["\(place): less than \(least)"] }
        if let most = rules["maximum"]?.number, number > Double(most) { return ["\(place): more than \(most)"] }
        return []
    }

    /// Returns whether the text has the format; false for a format that is not known either.
    private mutating func hasFormat(_ text: String, _ format: String) -> Bool {
        switch format {
        case "decimal": matches(text, #"^-?[0-9]+(\.[0-9]+)?$"#)
        case "date": matches(text, #"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"#)
        case "date-time": matches(text, #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$"#)
        case "iso-3166-1-alpha-2": matches(text, "^[A-Z]{2}$")
        case "email": text.contains("@")
        default: false
        }
    }

    private mutating func matches(_ text: String, _ pattern: String) -> Bool {
        if patterns[pattern] == nil { patterns[pattern] = try? Regex(pattern) }
        guard let regex = patterns[pattern] else { return false }
        return text.firstMatch(of: regex) != nil
    }
}

extension JSONValue {
    /// The value as a message shows it.
    fileprivate var brief: String {
        let text = (try? JSONBytes.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
        return text.utf8.count > 80 ? text.prefix(80) + "…" : text
    }
}
