import Commerce
import Primitives

extension Fields {
    /// Reads a text. White space around it is cut unless `trims` is false; blank text is refused unless `allowsBlank`,
    /// but from a form it stands for the value of a field that may be left out.
    public func string(
        _ name: String, _ presence: FieldPresence<String> = .required, length: ClosedRange<Int> = 0...255,
        trims: Bool = true, allowsBlank: Bool = false
    ) -> String {
        let allowsBlank = allowsBlank || length.lowerBound == 0 && presence.isOptional
        let isMissing = { (sent: JSONValue) in presence.isOptional && !allowsBlank && Self.isBlank(sent) }
        return read(name, presence, .text(length), standIn: "", isBlank: isMissing) {
            Self.text($0, length: length, trims: trims, allowsBlank: allowsBlank)
        }
    }

    /// Reads a text that may be left out or null; blank text is nil.
    public func optionalString(_ name: String, length: ClosedRange<Int> = 0...255, trims: Bool = true) -> String? {
        let text = read(name, .optional(nil), .text(0...length.upperBound), standIn: nil) {
            sent -> Conversion<String?> in
            switch Self.text(sent, length: length, trims: trims, allowsBlank: true) {
            case .value(let text): .value(text)
            case .refused(let message): .refused(message)
            case .nested(let errors): .nested(errors)
            }
        }
        return text?.isEmpty == true ? nil : text
    }

    /// Reads an e-mail address, lower-cased; RFC 5321's lengths and the form that browsers check.
    public func email(_ name: String, _ presence: FieldPresence<String> = .required) -> String {
        read(name, presence, .email, standIn: "") { sent in
            let checked = Self.text(sent, length: 1...254, trims: true, allowsBlank: false)
            guard case .value(let text) = checked else { return checked }
            guard let address = EmailAddress(text) else { return .refused("Enter a valid email address.") }
            return .value(address.text)
        }
    }

    /// Reads one of the raw values of an enum.
    public func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ presence: FieldPresence<Choice> = .required, of type: Choice.Type = Choice.self
    ) -> Choice {
        read(
            name, presence, .choice(of: type.allCases.map(\.rawValue)),
            standIn: type.allCases[type.allCases.startIndex], isBlank: Self.isBlank
        ) { sent in
            guard case .string(let text) = sent else { return .refused("Not a valid string.") }
            return type.init(rawValue: text).map { .value($0) } ?? .refused("\"\(text)\" is not a valid choice.")
        }
    }

    /// Reads one of the raw values of an enum, which may be left out or null.
    public func optionalChoice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, of type: Choice.Type = Choice.self
    ) -> Choice? {
        read(
            name, .optional(nil), .choice(of: type.allCases.map(\.rawValue)), standIn: nil,
            isBlank: Self.isBlank
        ) { sent in
            guard case .string(let text) = sent else { return .refused("Not a valid string.") }
            return type.init(rawValue: text).map { .value($0) } ?? .refused("\"\(text)\" is not a valid choice.")
        }
    }

    static func text(
        _ sent: JSONValue, length: ClosedRange<Int>, trims: Bool, allowsBlank: Bool
    ) -> Conversion<String> {
        var text: String
        switch sent {
        case .string(let sent): text = sent
        case .number(let digits): text = digits
        default: return .refused("Not a valid string.")
        }
        if text.utf8.contains(0) { return .refused("Null characters are not allowed.") }
        if trims { text = text.trimmed }
        if text.isEmpty { return allowsBlank ? .value(text) : .refused("This field may not be blank.") }
        let count = text.unicodeScalars.count
        if count > length.upperBound {
            return .refused("Ensure this field has no more than \(length.upperBound) characters.")
        }
        if count < length.lowerBound {
            return .refused("Ensure this field has at least \(length.lowerBound) characters.")
        }
        return .value(text)
    }
}

extension FieldPresence {
    var isOptional: Bool { if case .optional = self { true } else { false } }
}

extension JSONSchema {
    static let email = JSONSchema.type("string", ["format": .string("email"), "maxLength": .number("254")])

    static func choice(of names: [String]) -> JSONSchema {
        .type("string", ["enum": .array(names.map { .string($0) })])
    }

    static func text(_ length: ClosedRange<Int>) -> JSONSchema {
        .type(
            "string",
            length.lowerBound == 0
                ? ["maxLength": .number(String(length.upperBound))]
                : ["minLength": .number(String(length.lowerBound)), "maxLength": .number(String(length.upperBound))])
    }
}
