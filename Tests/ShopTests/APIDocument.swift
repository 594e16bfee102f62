import Primitives
import TestSupport

/// The document of the API as a client reads it.
struct APIDocument {
    /// A method of a path.
    struct Operation {
        let method: String
        /// With 1 for every parameter.
        let path: String
        fileprivate let content: [String: JSONValue]
        fileprivate let parameters: [JSONValue]
        fileprivate let components: JSONValue?

        var takesJSON: Bool { content["application/json"] != nil }

        /// Returns what the fields of the body are said not to take.
        func bodyFaults() -> [Fault] {
            content["application/json"]?["schema"].map { faults(of: resolved($0), at: []) } ?? []
        }

        /// Returns the same of the query.
        func queryFaults(except skipped: Set<String>) -> [Fault] {
            parameters.filter { $0["in"]?.text == "query" }.flatMap { parameter -> [Fault] in
                guard let name = parameter["name"]?.text, !skipped.contains(name), let schema = parameter["schema"]
                else { return [] }
                return FieldFaults(schema: core(schema).schema, isNullable: true, isRequired: false, isText: true)
                    .faults(at: [name])
            }
        }

        private func faults(of object: JSONValue, at path: [String]) -> [Fault] {
            let required = Set(object["required"]?.elements.compactMap(\.text) ?? [])
            return (object["properties"]?.members ?? [:]).sorted { $0.key < $1.key }.flatMap { name, schema in
                let (core, isNullable) = core(schema)
                // What is required inside of an object that may be left out is required once the object is there.
                let field = FieldFaults(
                    schema: core, isNullable: isNullable, isRequired: required.contains(name), isText: false)
                let nested = core["properties"] == nil ? [] : faults(of: core, at: path + [name])
                return field.faults(at: path + [name]) + nested
            }
        }

        /// Returns a field's schema without its being nullable.
        private func core(_ schema: JSONValue) -> (schema: JSONValue, isNullable: Bool) {
            guard let choices = schema["anyOf"]?.elements else { return (resolved(schema), false) }
            let own = choices.first { $0["type"]?.text != "null" } ?? schema
            return (resolved(own), own != schema)
        }

        private func resolved(_ schema: JSONValue) -> JSONValue {
            guard let name = schema["$ref"]?.text?.split(separator: "/").last else { return schema }
            return components?["schemas"]?[String(name)] ?? schema
        }
    }

    let operations: [Operation]

    init(_ json: JSONValue) {
        operations = (json["paths"]?.members ?? [:]).sorted { $0.key < $1.key }.flatMap { template, methods in
            methods.members.sorted { $0.key < $1.key }.map { method, operation in
                Operation(
                    method: method.uppercased(), path: template.replacing(/\{[^}]*\}/, with: "1"),
                    content: operation["requestBody"]?["content"]?.members ?? [:],
                    parameters: operation["parameters"]?.elements ?? [], components: json["components"])
            }
        }
    }
}

/// The values that one field rules out.
private struct FieldFaults {
    let schema: JSONValue
    let isNullable: Bool
    let isRequired: Bool
    /// Whether values are sent as text: a query.
    let isText: Bool

    private typealias Wrong = (name: String, value: JSONValue, message: String)

    func faults(at path: [String]) -> [Fault] {
        let fault = { (name: String, value: JSONValue?, message: String) in
            Fault(field: path, name: name, value: value, message: message)
        }
        var faults = isRequired ? [fault("left out", nil, "This field is required.")] : []
        if !isNullable, !isText { faults.append(fault("null", .null, "This field may not be null.")) }
        return faults + wrong.map { fault($0.name, $0.value, $0.message) }
    }

    private var wrong: [Wrong] {
        let notText: [Wrong] =
            isText ? [] : [("a list", .array([.null]), "Not a valid string.")]
        switch schema["type"]?.text {
        case "boolean": return [("no boolean", "perhaps", "Must be a valid boolean.")]
        case "integer": return integers
        case "array": return isText ? [] : [("no list", "x", "")]
        case "object" where schema["additionalProperties"] != nil:
            return isText ? [] : [("no object", "x", "Expected a dictionary of items")]
        case "object": return isText ? [] : [("no object", "x", "Invalid data. Expected a dictionary")]
        case "string" where schema["enum"] != nil:
            return notText + [("no choice", "nonsense", "is not a valid choice.")]
        case "string": return isText ? texts : lists(notText) + texts
        default: return []
        }
    }

    /// Dates and amounts say in their own words that a list is none.
    private func lists(_ list: [Wrong]) -> [Wrong] {
        switch schema["format"]?.text {
        case nil, "email": list
        default: [("a list", .array([.null]), "")]
        }
    }

    private var integers: [Wrong] {
        var wrong: [Wrong] = [
            ("no integer", "x", "A valid integer is required.")
        ]
        let isID = schema["format"]?.text == "int64"
        if let least = schema["minimum"]?.number, least > Int.min {
            let value = JSONValue.number(String(least - 1))
            wrong.append(
                ("too small", isText ? .string(String(least - 1)) : value, isID ? "" : "greater than or equal"))
        }
        if let most = schema["maximum"]?.number, most < Int.max {
            let value = JSONValue.number(String(most + 1))
            wrong.append(("too large", isText ? .string(String(most + 1)) : value, "less than or equal"))
        }
        return wrong
    }

    private var texts: [Wrong] {
        var wrong: [Wrong] = []
        switch schema["format"]?.text {
        case "email": wrong.append(("no e-mail", "x@", "Enter a valid email address."))
        case "decimal": wrong.append(("no number", "x", "A valid number is required."))
        case "date", "date-time": wrong.append(("no date", "x", ""))
        case "iso-3166-1-alpha-2": return [("no country", "XX", "is not a valid country code")]
        default: break
        }
        if let most = schema["maxLength"]?.number {
            let text = String(repeating: "x", count: most + 1)
            wrong.append(("too long", .string(text), "no more than \(most) characters"))
        }
        if let least = schema["minLength"]?.number, least > 0, !isText {
            wrong.append(("blank", "", "This field may not be blank."))
        }
        return wrong
    }
}
