import Commerce
import Primitives

/// Why the catalogue refuses a change.
public enum CatalogError: BusinessError, Equatable {
    /// The category still holds categories or products.
    case categoryInUse

    public var kind: ErrorKind { .conflict }

    public var code: String { "category_in_use" }

    public var message: String { "The category still holds subcategories or products." }
}

extension ValidationError {
    /// A reference to a row that does not exist, in Django REST Framework's words.
    static func unknown(_ field: String, _ reference: some CustomStringConvertible) -> ValidationError {
        ValidationError(field, "Invalid pk \"\(reference)\" - object does not exist.")
    }
}
