import Commerce
import Primitives

/// What to do about a refused cell, in the words of a shop: the fields' own messages are those of the API.
enum SheetAdvice {
    /// Returns the refusal with a way out behind each message that has none.
    static func advised(_ error: ValidationError, _ row: SheetRow) -> ValidationError {
        guard case .members(let members) = error.errors else { return error }
        var advised: [String: FieldErrors] = [:]
        for (column, errors) in members {
            if case .messages(let messages) = errors {
                advised[column] = .messages(
                    messages.map { message in
                        advice(message, row[column]).map { message + " " + $0 } ?? message
                    })
            } else {
                advised[column] = errors
            }
        }
        return ValidationError(.members(advised))
    }

    private static func advice(_ message: String, _ cell: String?) -> String? {
        let found = cell.map { "The cell has \"\($0.prefix(scalars: 60))\"; write" } ?? "Write"
        return switch message {
        case "A valid number is required.": found + " digits and a point, like 12.50, without a currency."
        case "A valid integer is required.": found + " a whole number, like 12."
        case "Must be a valid boolean.": found + " yes or no."
        case "This field is required.": "Fill in the cell, and add the column where it is missing."
        case "This field may not be blank.": "Fill in the cell, or take the column out to keep what the shop has."
        default: nil
        }
    }
}
