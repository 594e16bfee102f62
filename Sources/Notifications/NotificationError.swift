import Commerce

/// Reasons for which a mail cannot be composed.
public enum NotificationError: BusinessError, Equatable {
    case badTemplate(part: String, reason: String)
    case unknownTemplate(String)

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind { .invalid }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String {
        switch self {
        case .badTemplate: "bad_template"
        case .unknownTemplate: "unknown_template"
        }
    }

    /// The `detail` of the error response: a sentence in English.
    public var message: String {
        switch self {
        case .badTemplate(let part, let reason): "The template's \(part) does not parse: \(reason)"
        case .unknownTemplate(let name): "There is no mail template \"\(name)\"."
        }
    }
}
