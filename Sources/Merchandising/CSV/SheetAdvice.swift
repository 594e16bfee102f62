import Commerce
import Primitives

/// What to do about a refused cell, in the words of a shop: the fields' own messages are those of the API.
enum SheetAdvice {
    /// Returns the refusal with a way out behind each message that has none.
    static func advised(_ error: ValidationError, _ row: SheetRow) -> ValidationError {
        guard case .members(let members) = error.errors else { return error }
        var all: [String: FieldErrors] = [:]
        for (column, errors) in members {
            if case .messages(let messages) = errors {
                all[column] = .messages(messages.map { advised($0, row[column]) })
            } else {
                all[column] = errors
            }
        }
        return ValidationError(.members(all))
    }

    private static func advised(_ message: String, _ cell: String?) -> String {
        switch (message, cell?.prefix(scalars: 60)) {
        case ("A valid number is required.", let found?):
            "A valid number is required. The cell has \"\(found)\"; "
                + "write digits and a point, like 12.50, without a currency."
        case ("A valid number is required.", nil):
            "A valid number is required. Write digits and a point, like 12.50, without a currency."
        case ("A valid integer is required.", let found?):
            "A valid integer is required. The cell has \"\(found)\"; write a whole number, like 12."
        case ("A valid integer is required.", nil):
            "A valid integer is required. Write a whole number, like 12."
        case ("Must be a valid boolean.", let found?):
            "Must be a valid boolean. The cell has \"\(found)\"; write yes or no."
        case ("Must be a valid boolean.", nil): "Must be a valid boolean. Write yes or no."
        case ("This field is required.", _):
            "This field is required. Fill in the cell, and add the column where it is missing."
        case ("This field may not be blank.", _):
            "This field may not be blank. Fill in the cell, or take the column out to keep what the shop has."
        default: message
        }
    }
}
