import Commerce

/// Why an import is not ended.
public enum ImportError: BusinessError {
    /// It has ended already.
    case ended

    public var kind: ErrorKind { .conflict }

    public var code: String { "import_ended" }

    public var message: String { "This import has ended already." }
}
