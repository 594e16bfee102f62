import Commerce
import Primitives

extension Fields {
    /// Reads a nested object that may be left out or null.
    public func optionalObject<Nested: Input>(_ name: String, _ type: Nested.Type) -> Nested? {
        read(name, .optional(nil), JSONSchema.of(type).schema, standIn: nil) { sent in
            nested(sent, type).asOptional
        }
    }

    /// Reads a list of nested objects, at most `limit` of them; left out it is empty.
    public func list<Element: Input>(_ name: String, of type: Element.Type, limit: Int) -> [Element] {
        read(name, .optional([]), .list(of: JSONSchema.of(type).schema, limit: limit), standIn: []) { sent in
            elements(sent, limit: limit) { nested($0, type) }
        }
    }

    /// Reads a list of ids, at most `limit` of them; left out it is empty.
    public func ids<ID: Identifier>(_ name: String, as type: ID.Type = ID.self, limit: Int) -> [ID] {
        read(name, .optional([]), .list(of: Self.idSchema, limit: limit), standIn: []) { sent in
            elements(sent, limit: limit) { element in
                guard case .number(let text) = element, let id = Int64(decimal: text, scale: 0), id > 0 else {
                    return .refused("A valid integer is required.")
                }
                return .value(ID(id))
            }
        }
    }

    /// Reads ids from one text of a query, with commas between them, at most `limit`; nil where it is left out or blank.
    public func optionalIDs<ID: Identifier>(_ name: String, as type: ID.Type = ID.self, limit: Int = 100) -> [ID]? {
        guard let text = optionalString(name, length: 0...2_000) else { return nil }
        let parts = text.cut(at: ",").map(\.trimmed)
        let ids = parts.compactMap { Int64($0) }.filter { $0 > 0 }
        guard ids.count == parts.count else {
            fail(name, "A valid integer is required.")
            return nil
        }
        guard ids.count <= limit else {
            fail(name, "Ensure this field has no more than \(limit) elements.")
            return nil
        }
        return ids.map { ID($0) }
    }

    /// Reads a list of texts, at most `limit` of them; left out it is empty.
    public func strings(_ name: String, length: ClosedRange<Int>, limit: Int) -> [String] {
        read(name, .optional([]), .list(of: .text(length), limit: limit), standIn: []) { sent in
            elements(sent, limit: limit) { Self.text($0, length: length, trims: true, allowsBlank: false) }
        }
    }

    /// Reads an object whose members are texts, by their names; null counts as empty, and left out it has none.
    public func texts(_ name: String, length: ClosedRange<Int>) -> [String: String] {
        let schema = JSONSchema.type("object", ["additionalProperties": .object(["type": .string("string")])])
        return read(name, .optional([:]), schema, standIn: [:]) { sent in
            guard case .object(let members) = sent else {
                return .refused("Expected a dictionary of items but got type \"\(sent.pythonTypeName)\".")
            }
            var values: [String: String] = [:]
            var errors: [String: FieldErrors] = [:]
            for (key, member) in members {
                switch Self.text(member == .null ? .string("") : member, length: length, trims: true, allowsBlank: true)
                {
                case .value(let text): values[key] = text
                case .refused(let message): errors[key] = .messages([message])
                case .nested(let nested): errors[key] = nested
                }
            }
            return errors.isEmpty ? .value(values) : .nested(.members(errors))
        }
    }

    /// Reads a file of a multipart form.
    public func file(_ name: String) -> UploadedFile {
        record(
            name, .type("string", ["contentMediaType": .string("application/octet-stream")]), isRequired: true)
        let missing = UploadedFile(fileName: "", bytes: [])
        if isDescribing { return missing }
        guard case .text(_, let files) = source, let file = files[name] else {
            fail(name, "No file was submitted.")
            return missing
        }
        if file.fileName.holds(anyOf: "/\\\0") {
            fail(name, "The file's name may not hold a path.")
        }
        if file.bytes.isEmpty { fail(name, "The submitted file is empty.") }
        return file
    }

    private func nested<Nested: Input>(_ sent: JSONValue, _ type: Nested.Type) -> Conversion<Nested> {
        guard case .object(let members) = sent else {
            return .refused("Invalid data. Expected a dictionary, but got \(sent.pythonTypeName).")
        }
        let fields = Fields(.json(members), isPartial: false, currency: currency, zone: zone)
        let value = type.init(fields)
        return fields.errors.isEmpty ? .value(value) : .nested(fields.errors)
    }

    func elements<Element>(
        _ sent: JSONValue, limit: Int, _ convert: (JSONValue) -> Conversion<Element>
    ) -> Conversion<[Element]> {
        guard case .array(let array) = sent else {
            return .refused("Expected a list of items but got type \"\(sent.pythonTypeName)\".")
        }
        guard array.count <= limit else { return .refused("Ensure this field has no more than \(limit) elements.") }
        var values: [Element] = []
        var errors: [FieldErrors] = []
        for element in array {
            switch convert(element) {
            case .value(let value):
                values.append(value)
                errors.append(.members([:]))
            case .refused(let message): errors.append(.messages([message]))
            case .nested(let nested): errors.append(nested)
            }
        }
        let all = FieldErrors.elements(errors)
        return all.isEmpty ? .value(values) : .nested(all)
    }
}

extension JSONValue {
    /// The name of this value's type in Django REST Framework's messages.
    var pythonTypeName: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .number(let text): text.holds(anyOf: ".eE") ? "float" : "int"
        case .string: "str"
        case .array: "list"
        case .object: "dict"
        }
    }
}

extension JSONSchema {
    static func list(of element: JSONSchema, limit: Int) -> JSONSchema {
        .type("array", ["items": element.json, "maxItems": .number(String(limit))])
    }
}
