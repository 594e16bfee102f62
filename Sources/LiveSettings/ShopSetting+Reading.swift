import Commerce
import Primitives
import Web

/// Between the JSON of a request and the text of a setting.
extension ShopSetting {
    /// Reads the text to save; nil where the request leaves the setting out, or it was refused; empty where it is taken
    /// back.
    func read(_ fields: Fields) -> String? {
        let text = text(in: fields) ?? ""
        guard fields.isPresent(key), !fields.hasFailed(key) else { return nil }
        if !text.isEmpty, let reason = fault(in: text) {
            fields.fail(key, reason)
            return nil
        }
        return text
    }

    private func text(in fields: Fields) -> String? {
        switch kind {
        case .text(let most): return fields.optionalString(key, length: 0...most)
        case .choice: return fields.optionalString(key, length: 0...100)
        case .secret: return fields.optionalString(key, length: 0...500, trims: false)
        case .flag: return fields.optionalBoolean(key).map { $0 ? "true" : "false" }
        case .integer: return fields.optionalInteger(key).map { String($0) }
        case .rate:
            return fields.optionalDecimal(key, scale: 6, in: 0...1_000_000)
                .map { $0.decimalText(scale: 6, atLeast: 2) }
        case .list(let separator, let most):
            let entries = fields.strings(key, length: 1...200, limit: most)
            if entries.contains(where: { $0.holds(separator) }) {
                fields.fail(key, "\"\(separator)\" may not stand in an entry: it separates them.")
            }
            return entries.joined(separator: String(separator))
        }
    }

    private func fault(in text: String) -> String? {
        let holdsControl = text.unicodeScalars.contains {
            $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x2028...0x2029).contains($0.value)
        }
        return holdsControl ? "Line breaks and control characters may not stand here." : refusal(text)
    }

    /// Returns what is shown of a text: of a secret that it is set, and its end where it is long; null where it is unset.
    func shown(_ text: String?) -> JSONValue {
        switch kind {
        case .list(let separator, _):
            return .array((text ?? "").cut(at: separator, keepsEmpty: false).map { .string($0.trimmed) })
        case .flag: return text.map { .bool(["true", "1", "yes", "on"].contains($0.lowercased())) } ?? .null
        case .integer: return text.flatMap { Int($0) }.map { .number(String($0)) } ?? .null
        case .text, .choice, .rate: return text.map { .string($0) } ?? .null
        case .secret:
            guard let text else { return .null }
            let ends = text.utf8.count >= 16 ? String(decoding: text.utf8.suffix(4), as: UTF8.self) : ""
            return .object(["set": .bool(true), "ends": .string(ends)])
        }
    }
}
