import AdminPages
import Primitives
import Web

/// What a form holds, between a browser's texts and the JSON of the API.
struct FieldValues: Sendable {
    let visit: Visit
    let fields: [AdminField]

    /// Returns the texts of the fields for a row that is shown; the standards where there is none.
    func texts(of row: JSONValue?) -> [String: [String]] {
        var texts: [String: [String]] = [:]
        for field in fields {
            guard let row else {
                texts[field.name] = field.standard.map { [$0] } ?? []
                continue
            }
            texts[field.name] = shown(row.at(field.source ?? field.name) ?? .null, field)
        }
        return texts
    }

    private func shown(_ value: JSONValue, _ field: AdminField) -> [String] {
        switch field.kind {
        case .choices, .countries, .offered: return value.elements.compactMap(\.scalarText)
        case .rows(_, let member): return value.elements.compactMap { $0.scalarText ?? $0.text(member) }
        case .lines: return [value.elements.compactMap(\.scalarText).joined(separator: "\n")]
        case .records(let members): return [RecordLines(members: members).text(of: value)]
        case .json:
            guard value != .null, let bytes = try? JSONBytes.encode(value) else { return [] }
            return [String(decoding: bytes, as: UTF8.self)]
        case .rate: return value.scalarText.map { [visit.format.typed(AdminRate.percent($0) ?? $0)] } ?? []
        case .money, .decimal: return value.scalarText.map { [visit.format.typed($0)] } ?? []
        case .moment: return value.scalarText.map { [visit.format.field($0)] } ?? []
        case .secret, .file: return []
        default: return value.scalarText.map { [$0] } ?? []
        }
    }

    /// Returns the texts that a browser has sent, so that nothing typed is lost.
    func texts(of form: SubmittedForm) -> [String: [String]] {
        var texts: [String: [String]] = [:]
        for field in fields {
            if case .quantities = field.kind {
                texts[field.name] = form.texts.compactMap { text in
                    text.name.after(field.name + ".").map { "\($0)=\(text.value)" }
                }
            } else if field.kind != .secret {
                texts[field.name] = field.kind.isRows ? RowKeys.all(field.name, in: form) : form.all(field.name)
            }
        }
        return texts
    }

    /// Returns the members of the body that a form sends.
    func members(of form: SubmittedForm) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for field in fields {
            guard let entered = value(of: field, form), !(field.omitsEmpty && entered.isBlank) else { continue }
            members[field.name] = entered
        }
        return Self.nested(members)
    }

    /// Puts a member `dimensions.length` into an object `dimensions`; an object whose members are all null is null itself.
    private static func nested(_ members: [String: JSONValue]) -> [String: JSONValue] {
        var whole: [String: JSONValue] = [:]
        var objects: [String: [String: JSONValue]] = [:]
        for (name, value) in members {
            let (head, tail) = name.halves(at: ".")
            if let tail { objects[String(head), default: [:]][String(tail)] = value } else { whole[name] = value }
        }
        for (name, parts) in objects {
            let object = nested(parts)
            let isCleared = object.values.allSatisfy { $0 == .null }
            whole[name] = isCleared ? JSONValue.null : JSONValue.object(object)
        }
        return whole
    }

    /// Returns the required fields for quantities of which none was entered: an endpoint takes no list for everything.
    func blankQuantities(of form: SubmittedForm) -> [AdminField] {
        fields.filter { field in
            guard field.isRequired, case .quantities = field.kind else { return false }
            let entered = form.texts.filter { $0.name.after(field.name + ".")?.holds(".") == false }
            return entered.allSatisfy { ["", "0"].contains($0.value.trimmed) }
        }
    }

    private func value(of field: AdminField, _ form: SubmittedForm) -> JSONValue? {
        let text = form[field.name]?.replacing { $0 == "\r" ? "" : nil }
        switch field.kind {
        case .flag: return .bool(text == "true")
        case .choices, .countries, .offered:
            return .array(form.all(field.name).filter { !$0.isEmpty }.map { .string($0) })
        case .rows(_, let member): return RowKeys.value(of: field.name, member, in: form)
        case .lines:
            return .array((text ?? "").cut(at: "\n").map(\.trimmed).filter { !$0.isEmpty }.map { .string($0) })
        case .records(let members): return RecordLines(members: members).list(of: text ?? "")
        case .quantities(let quantities): return value(of: quantities, field.name, form)
        case .text, .longText, .source:
            guard let text else { return nil }
            return text.isEmpty && field.blankIsNull ? .null : .string(text)
        default: return entered(field, text?.trimmed ?? "")
        }
    }

    private func entered(_ field: AdminField, _ text: String) -> JSONValue? {
        guard !text.isEmpty else { return blank(field) }
        switch field.kind {
        case .json: return (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text)
        case .rate: return .string(AdminRate.fraction(text) ?? text)
        case .money, .decimal, .integer: return .string(number(text, field.kind))
        default: return .string(text)
        }
    }

    /// What is sent for a field that was left blank: what is required is refused at the field, anything else is cleared.
    private func blank(_ field: AdminField) -> JSONValue? {
        switch field.kind {
        case .secret, .file: nil
        default: field.isRequired ? .string("") : .null
        }
    }

    /// What is sent for a number as it was typed. One that may be either of two goes out with a comma, which no endpoint takes, so
    /// that it is refused as what is no number is.
    private func number(_ text: String, _ kind: AdminField.Kind) -> String {
        switch visit.format.reading(text) {
        case .number(let number): number
        case .unclear(let thousands, let fraction):
            kind == .integer ? thousands : fraction.replacing { $0 == "." ? "," : nil }
        case .other: text
        }
    }

    /// Returns why numbers are refused that may be one of two, by the names of their fields.
    func unclear(in form: SubmittedForm) -> [String: String] {
        var refusals: [String: String] = [:]
        for field in fields where field.kind == .money || field.kind == .decimal {
            guard let text = form[field.name],
                case .unclear(let thousands, let fraction) = visit.format.reading(text)
            else { continue }
            refusals[field.name] = visit.format.refusal(thousands: thousands, fraction: fraction)
        }
        return refusals
    }

    private func value(of quantities: AdminQuantities, _ field: String, _ form: SubmittedForm) -> JSONValue? {
        let entries = form.texts.compactMap { text -> JSONValue? in
            guard let id = text.name.after(field + "."), !id.holds(".") else { return nil }
            let quantity = text.value.trimmed
            guard quantities.sendsZero || !["", "0"].contains(quantity) else { return nil }
            var entry: [String: JSONValue] = [
                quantities.name: .string(String(id)), "quantity": .string(quantity.isEmpty ? "0" : quantity),
            ]
            if let flag = quantities.flag {
                entry[flag.name] = .bool(form["\(field).\(id).\(flag.name)"] == "true")
            }
            return .object(entry)
        }
        return entries.isEmpty ? nil : .array(entries)
    }
}
