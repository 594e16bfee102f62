import Commerce
import Primitives

/// The input of an endpoint, declared and read in one place.
///
/// `init` names each field with its rules. Reading a request, every field's errors are collected and a field in error
/// gives a stand-in value, so `init` runs to its end; the framework throws the collected errors before a handler sees
/// the value. Describing the API, the same `init` runs over nothing and records the fields.
///
///     struct AddToCart: Input {
///         let productID: ProductID
///         let quantity: Int
///         init(_ fields: Fields) {
///             productID = fields.id("product_id")
///             quantity = fields.integer("quantity", in: 1...10_000, default: 1)
///         }
///     }
public protocol Input: Sendable {
    /// Reads the fields; runs to its end whatever is wrong with them.
    init(_ fields: Fields)
}

/// The input of an endpoint that takes none.
public struct NoInput: Input {
    /// Reads nothing.
    public init(_ fields: Fields) {}
}

/// A file of a multipart form.
public struct UploadedFile: Sendable {
    /// The name that the client gave; for display only.
    public let fileName: String
    /// The file's content; nothing of it has been checked.
    public let bytes: [UInt8]

    /// Creates a file with the name that the client gave it.
    public init(fileName: String, bytes: [UInt8]) {
        self.fileName = fileName
        self.bytes = bytes
    }
}
