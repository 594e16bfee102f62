import Commerce
import Primitives

extension Fields {
    /// Reads a whole number in `range`.
    public func integer(
        _ name: String, _ presence: FieldPresence<Int> = .required, in range: ClosedRange<Int> = 0...2_147_483_647
    ) -> Int {
        read(name, presence, .integer(range), standIn: range.lowerBound, isBlank: Self.isBlank) {
            Self.integer($0, in: range)
        }
    }

    /// Reads a whole number in `range` that may be left out or null.
    public func optionalInteger(_ name: String, in range: ClosedRange<Int> = 0...2_147_483_647) -> Int? {
        read(name, .optional(nil), .integer(range), standIn: nil, isBlank: Self.isBlank) {
            Self.integer($0, in: range).asOptional
        }
    }

    /// Reads the id of a row; whether the row exists is the service's to say.
    public func id<ID: Identifier>(_ name: String, as type: ID.Type = ID.self) -> ID {
        ID(read(name, .required, Self.idSchema, standIn: 0, isBlank: Self.isBlank) { Self.id($0) })
    }

    /// Reads the id of a row that may be left out or null.
    public func optionalID<ID: Identifier>(_ name: String, as type: ID.Type = ID.self) -> ID? {
        let id = read(name, .optional(nil), Self.idSchema, standIn: nil, isBlank: Self.isBlank) {
            Self.id($0).asOptional
        }
        return id.map { ID($0) }
    }

    /// Reads `true` or `false`; text sources also say `1`, `0`, `yes`, `no`, `on`, `off`.
    public func boolean(_ name: String, _ presence: FieldPresence<Bool> = .required) -> Bool {
        read(name, presence, .type("boolean"), standIn: false, isBlank: Self.isBlank) { Self.boolean($0) }
    }

    /// Reads `true` or `false`, which may be left out or null.
    public func optionalBoolean(_ name: String) -> Bool? {
        read(name, .optional(nil), JSONSchema.type("boolean"), standIn: nil, isBlank: Self.isBlank) {
            Self.boolean($0).asOptional
        }
    }

    /// Reads an amount in the shop's currency, sent as a string or a number.
    public func money(
        _ name: String, _ presence: FieldPresence<Money> = .required, in range: ClosedRange<Money> = .zero ... .maximum
    ) -> Money {
        read(name, presence, .money(range, currency), standIn: range.lowerBound, isBlank: Self.isBlank) {
            money($0, in: range)
        }
    }

    /// Reads an amount that may be left out or null.
    public func optionalMoney(_ name: String, in range: ClosedRange<Money> = .zero ... .maximum) -> Money? {
        read(name, .optional(nil), JSONSchema.money(range, currency), standIn: nil, isBlank: Self.isBlank) {
            money($0, in: range).asOptional
        }
    }

    /// Reads a decimal number as an integer of 10^-`scale` units, exactly: weights, rates, coordinates. `beyond` is
    /// what refuses one that is out of range.
    public func decimal(
        _ name: String, _ presence: FieldPresence<Int64> = .required, scale: Int, in range: ClosedRange<Int64>,
        beyond: String = "This value is out of range."
    ) -> Int64 {
        read(name, presence, .decimal(scale, range), standIn: range.lowerBound, isBlank: Self.isBlank) {
            Self.decimal($0, scale: scale, in: range, beyond)
        }
    }

    /// Reads a decimal number as ``decimal(_:_:scale:in:beyond:)`` reads it, which may be left out or null.
    public func optionalDecimal(_ name: String, scale: Int, in range: ClosedRange<Int64>) -> Int64? {
        read(name, .optional(nil), JSONSchema.decimal(scale, range), standIn: nil, isBlank: Self.isBlank) {
            Self.decimal($0, scale: scale, in: range, "This value is out of range.").asOptional
        }
    }

    /// Reads a moment that may be left out or null: a date-time as `DateTimeText` has it, in the shop's zone where it
    /// names none, or a day of the shop, for which `edge` stands.
    public func optionalTimestamp(_ name: String, _ edge: DayEdge = .beginning) -> Timestamp? {
        read(name, .optional(nil), JSONSchema.moment(edge), standIn: nil, isBlank: Self.isBlank) { sent in
            guard case .string(let text) = sent, let written = DateTimeText(text.trimmed) else {
                return .refused(Self.noMoment)
            }
            guard let moment = written.moment(in: zone, at: edge) else {
                return .refused("Invalid datetime for the timezone \"\(zone.name)\".")
            }
            return .value(moment)
        }
    }

    private static let noMoment =
        "Datetime has wrong format. Use one of these formats instead: "
        + "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."

    /// Reads a day that may be left out or null.
    public func optionalDate(_ name: String) -> CivilDate? {
        read(name, .optional(nil), JSONSchema.day, standIn: nil, isBlank: Self.isBlank) { sent in
            guard case .string(let text) = sent, let written = DateTimeText(text.trimmed), written.isDay else {
                return .refused("Date has wrong format. Use one of these formats instead: YYYY-MM-DD.")
            }
            return .value(written.date)
        }
    }

    static let idSchema = JSONSchema.type("integer", ["minimum": .number("1"), "format": .string("int64")])

    static func isBlank(_ sent: JSONValue) -> Bool { sent == .string("") }

    private static func integer(_ sent: JSONValue, in range: ClosedRange<Int>) -> Conversion<Int> {
        guard let text = sent.numeral, let exact = Int64(decimal: text, scale: 0) else {
            return .refused("A valid integer is required.")
        }
        let number = Int(exact)
        if number < range.lowerBound {
            return .refused("Ensure this value is greater than or equal to \(range.lowerBound).")
        }
        if number > range.upperBound {
            return .refused("Ensure this value is less than or equal to \(range.upperBound).")
        }
        return .value(number)
    }

    private static func decimal(
        _ sent: JSONValue, scale: Int, in range: ClosedRange<Int64>, _ beyond: String
    ) -> Conversion<Int64> {
        guard let text = sent.numeral else { return .refused("A valid number is required.") }
        guard let number = Int64(decimal: text, scale: scale) else {
            return .refused(
                Int64(decimal: text, scale: 18) == nil
                    ? "A valid number is required." : "Ensure that there are no more than \(scale) decimal places.")
        }
        return range.contains(number) ? .value(number) : .refused(beyond)
    }

    private static func id(_ sent: JSONValue) -> Conversion<Int64> {
        guard let text = sent.numeral, let id = Int64(decimal: text, scale: 0) else {
            return .refused("A valid integer is required.")
        }
        return id > 0 ? .value(id) : .refused("Invalid pk \"\(id)\" - object does not exist.")
    }

    private static func boolean(_ sent: JSONValue) -> Conversion<Bool> {
        switch sent {
        case .bool(let value): return .value(value)
        case .string(let text), .number(let text):
            if ["true", "1", "yes", "on", "t"].contains(text.lowercased()) { return .value(true) }
            if ["false", "0", "no", "off", "f"].contains(text.lowercased()) { return .value(false) }
            return .refused("Must be a valid boolean.")
        default: return .refused("Must be a valid boolean.")
        }
    }

    private func money(_ sent: JSONValue, in range: ClosedRange<Money>) -> Conversion<Money> {
        guard let text = sent.numeral, Int64(decimal: text, scale: 18) != nil || currency.amount(text) != nil else {
            return .refused("A valid number is required.")
        }
        guard let amount = currency.amount(text) else {
            return .refused(
                "Ensure that there are no more than \(currency.decimals) decimal places and the amount is in range.")
        }
        if amount < range.lowerBound {
            return .refused("Ensure this value is greater than or equal to \(currency.text(range.lowerBound)).")
        }
        if amount > range.upperBound {
            return .refused("Ensure this value is less than or equal to \(currency.text(range.upperBound)).")
        }
        return .value(amount)
    }
}

extension Conversion where Value: Sendable {
    var asOptional: Conversion<Value?> {
        switch self {
        case .value(let value): .value(value)
        case .refused(let message): .refused(message)
        case .nested(let errors): .nested(errors)
        }
    }
}

extension JSONValue {
    /// The text of a number, or of a string that may be one.
    var numeral: String? {
        switch self {
        case .number(let text): text
        case .string(let text): text.trimmed
        default: nil
        }
    }
}

extension JSONSchema {
    static func integer(_ range: ClosedRange<Int>) -> JSONSchema {
        .type(
            "integer",
            ["minimum": .number(String(range.lowerBound)), "maximum": .number(String(range.upperBound))])
    }

    static func moment(_ edge: DayEdge) -> JSONSchema {
        let day = edge == .end ? "a bare date is the end of that day" : "a bare date is the beginning of that day"
        return .type(
            "string",
            [
                "format": .string("date-time"),
                "description": .string("Without a zone in the shop's time zone; \(day) there."),
            ])
    }
    static let day = JSONSchema.type("string", ["format": .string("date")])

    /// The schema of an amount in an answer.
    static let money = JSONSchema.type(
        "string", ["format": .string("decimal"), "pattern": .string(#"^-?\d+(\.\d+)?$"#)])

    /// Returns the schema of an amount in a request, with the limits as numbers.
    static func money(_ range: ClosedRange<Money>, _ currency: Currency) -> JSONSchema {
        .decimal(#"^-?\d+(\.\d+)?$"#, currency.text(range.lowerBound), currency.text(range.upperBound))
    }

    static func decimal(_ scale: Int, _ range: ClosedRange<Int64>) -> JSONSchema {
        .decimal(
            "^-?\\d+(\\.\\d{1,\(max(scale, 1))})?$", range.lowerBound.decimalText(scale: scale),
            range.upperBound.decimalText(scale: scale))
    }

    private static func decimal(_ pattern: String, _ least: String, _ most: String) -> JSONSchema {
        .type(
            "string",
            [
                "format": .string("decimal"), "pattern": .string(pattern), "minimum": .number(least),
                "maximum": .number(most),
            ])
    }
}
