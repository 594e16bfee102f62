import Commerce
import Primitives

/// Why the catalogue refuses a change.
public enum CatalogError: BusinessError, Equatable {
    /// The category still holds categories or products.
    case categoryInUse
    /// More pictures are being read than the shop takes on at once.
    case tooManyUploads

    public var kind: ErrorKind {
        switch self {
        case .categoryInUse: .conflict
        case .tooManyUploads: .unavailable
        }
    }

    public var code: String {
        switch self {
        case .categoryInUse: "category_in_use"
        case .tooManyUploads: "too_many_uploads"
        }
    }

    public var message: String {
        switch self {
        case .categoryInUse: "The category still holds subcategories or products."
        case .tooManyUploads: "Too many pictures are being read. Try again in a moment."
        }
    }

    public var retryAfter: TimeSpan? { self == .tooManyUploads ? .seconds(5) : nil }
}

extension ValidationError {
    /// A reference to a row that does not exist, in Django REST Framework's words.
    static func unknown(_ field: String, _ reference: some CustomStringConvertible) -> ValidationError {
        ValidationError(field, "Invalid pk \"\(reference)\" - object does not exist.")
    }
}
