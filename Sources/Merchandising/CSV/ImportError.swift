import Commerce

/// Reasons for which an import cannot be ended.
public enum ImportError: BusinessError {
    /// It has ended already.
    case ended

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind { .conflict }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String { "import_ended" }

    /// The `detail` of the error response: a sentence in English.
    public var message: String { "This import has ended already." }
}
