import Commerce

/// What cannot be done with a webhook, in business words.
enum WebhookError: BusinessError, Equatable {
    /// The receiver is switched off.
    case inactive
    /// The event's data has been cleared away.
    case cleared

    var kind: ErrorKind { .conflict }

    var code: String {
        switch self {
        case .inactive: "webhook_inactive"
        case .cleared: "payload_cleared"
        }
    }

    var message: String {
        switch self {
        case .inactive: "This webhook is switched off."
        case .cleared: "What this event held has been cleared away."
        }
    }
}
