import Commerce

/// What cannot be done with mails and their templates, in business words.
public enum NotificationError: BusinessError, Equatable {
    case badTemplate(part: String, reason: String)
    case unknownTemplate(String)
    case shippedTemplate
    case ownTemplate
    case secretMail
    case testMail
    case lostRecipient

    /// The kind of error, which decides the HTTP status.
    public var kind: ErrorKind {
        switch self {
        case .badTemplate, .unknownTemplate: .invalid
        case .shippedTemplate, .ownTemplate, .secretMail, .testMail, .lostRecipient: .conflict
        }
    }

    /// The `code` of the error response: stable, in snake_case.
    public var code: String {
        switch self {
        case .badTemplate: "bad_template"
        case .unknownTemplate: "unknown_template"
        case .shippedTemplate: "shipped_template"
        case .ownTemplate: "own_template"
        case .secretMail: "secret_mail"
        case .testMail: "test_mail"
        case .lostRecipient: "lost_recipient"
        }
    }

    /// The `detail` of the error response: a sentence in English.
    public var message: String {
        switch self {
        case .badTemplate(let part, let reason): "The template's \(part) does not parse: \(reason)"
        case .unknownTemplate(let name): "There is no mail template \"\(name)\"."
        case .shippedTemplate: "The shop comes with this template: it can be reset, and not deleted."
        case .ownTemplate: "The shop does not come with this template: there is nothing to reset it to."
        case .secretMail: "This mail held a code or a token that is not kept: its recipient has to ask for another."
        case .testMail: "This mail was a test: send another from its template."
        case .lostRecipient: "The account of this mail's recipient is gone."
        }
    }
}
