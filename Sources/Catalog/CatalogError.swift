import Commerce
import Primitives

/// Reasons for which the catalog refuses a change.
public enum CatalogError: BusinessError, Equatable {
    /// The category still holds categories or products.
    case categoryInUse

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind { .conflict }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String { "category_in_use" }

    /// The `detail` of the error response: a sentence in English.
    public var message: String { "The category still holds subcategories or products." }
}

extension ValidationError {
    /// Returns the error for a reference to a row that does not exist, in the words of Django REST Framework.
    static func unknown(_ field: String, _ reference: some CustomStringConvertible) -> ValidationError {
        ValidationError(field, "Invalid pk \"\(reference)\" - object does not exist.")
    }
}
