import Commerce
import Primitives

/// The fields of one object of a request: reads them by name and type and collects what is wrong with them; for the
/// document of the API it records what is asked for.
///
/// An instance is used by one task at a time, inside an `Input.init`.
public final class Fields {
    enum Source {
        /// Members of a JSON object.
        case json([String: JSONValue])
        /// Query parameters or the text parts of a form: every value is text.
        case text([String: String], files: [String: UploadedFile])
        /// Nothing is read: the fields are recorded for the document of the API.
        case description
    }

    let source: Source
    /// Whether missing fields stay as they are: `PATCH`.
    public let isPartial: Bool
    /// Whether the resource exists already: `PUT` or `PATCH`.
    let isUpdate: Bool
    /// The shop's currency, in which amounts are read.
    public let currency: Currency
    /// The shop's time zone, in which dates are days and times without a zone are read.
    let zone: TimeZoneRules
    private var found: [String: FieldErrors] = [:]
    private(set) var recorded: [FieldSchema] = []

    init(_ source: Source, isPartial: Bool = false, isUpdate: Bool = false, currency: Currency, zone: TimeZoneRules) {
        self.source = source
        self.isPartial = isPartial
        self.isUpdate = isUpdate || isPartial
        self.currency = currency
        self.zone = zone
    }

    /// Everything that is wrong so far, by field.
    var errors: FieldErrors { .members(found) }

    /// Adds a message to a field, or with `non_field_errors` to the whole.
    public func fail(_ name: String, _ message: String) {
        if case .messages(let earlier) = found[name] {
            found[name] = .messages(earlier + [message])
        } else if found[name] == nil {
            found[name] = .messages([message])
        }
    }

    func fail(_ name: String, _ errors: FieldErrors) {
        if !errors.isEmpty { found[name] = errors }
    }

    /// Returns whether `name` was refused.
    public func hasFailed(_ name: String) -> Bool { found[name] != nil }

    /// Returns whether the request holds `name`, null included.
    public func isPresent(_ name: String) -> Bool { raw(name) != nil }

    /// Reads a field where it was sent or is required (`PUT`); returns nil where a `PATCH` leaves it out.
    ///
    ///     fields.sent("name") { $0.string($1, length: 1...100) }
    public func sent<Value>(_ name: String, _ read: (Fields, String) -> Value) -> Value? {
        if isPartial, !isDescribing, !isPresent(name) { return nil }
        return read(self, name)
    }

    /// Reads a field where it was sent or the row is new; returns nil where a `PUT` or `PATCH` leaves it out. For
    /// fields that must not change by being left out: an approval, an owner, a limit.
    public func ifSent<Value>(_ name: String, _ read: (Fields, String) -> Value) -> Value? {
        if isUpdate, !isDescribing, !isPresent(name) { return nil }
        return read(self, name)
    }

    var isDescribing: Bool { if case .description = source { true } else { false } }

    /// Records a field for the document of the API; for a request its schema is not even made.
    func record(
        _ name: String, _ schema: @autoclosure () -> JSONSchema, isRequired: Bool, isNullable: Bool = false
    ) {
        guard isDescribing else { return }
        recorded.append(
            FieldSchema(name: name, schema: schema(), isRequired: isRequired, isNullable: isNullable))
    }

    /// Returns the value as it was sent; text sources give every value as a string.
    func raw(_ name: String) -> JSONValue? {
        switch source {
        case .json(let members): members[name]
        case .text(let values, _): values[name].map { .string($0) }
        case .description: nil
        }
    }

    /// Text sources cannot say `5` or `true`, so there text is read as the type that is asked for.
    var isText: Bool { if case .text = source { true } else { false } }
}

/// Whether a field is required, and its value where it is left out.
public enum FieldPresence<Value: Sendable>: Sendable {
    /// A request without the field is refused.
    case required
    /// A field that is left out has this value.
    case optional(Value)
}

extension Fields {
    /// Reads a field, as every typed reader does: records it, looks for it, and converts it.
    ///
    /// `convert` returns the value or the message that refuses it.
    func read<Value>(
        _ name: String, _ presence: FieldPresence<Value>, _ schema: @autoclosure () -> JSONSchema, standIn: Value,
        isBlank: (JSONValue) -> Bool = { _ in false }, _ convert: (JSONValue) -> Conversion<Value>
    ) -> Value {
        let isRequired = if case .required = presence { true } else { false }
        record(name, schema(), isRequired: isRequired, isNullable: !isRequired)
        guard let sent = raw(name), !(isText && isBlank(sent)) else {
            if case .optional(let value) = presence { return value }
            if !isDescribing { fail(name, "This field is required.") }
            return standIn
        }
        if sent == .null {
            if case .optional(let value) = presence { return value }
            fail(name, "This field may not be null.")
            return standIn
        }
        switch convert(sent) {
        case .value(let value): return value
        case .refused(let message):
            fail(name, message)
            return standIn
        case .nested(let errors):
            fail(name, errors)
            return standIn
        }
    }
}

/// The result of converting a value that was sent.
enum Conversion<Value> {
    case value(Value)
    case refused(String)
    case nested(FieldErrors)
}
