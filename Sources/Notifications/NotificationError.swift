import Commerce

/// What the notifications refuse.
public enum NotificationError: BusinessError, Equatable {
    case badTemplate(part: String, reason: String)
    case unknownTemplate(String)

    public var kind: ErrorKind { .invalid }

    public var code: String {
        switch self {
        case .badTemplate: "bad_template"
        case .unknownTemplate: "unknown_template"
        }
    }

    public var message: String {
        switch self {
        case .badTemplate(let part, let reason): "The template's \(part) does not parse: \(reason)"
        case .unknownTemplate(let name): "There is no mail template \"\(name)\"."
        }
    }
}
