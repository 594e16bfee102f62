import Commerce
import SQL

/// The types of the sandbox's events, as webhooks name them.
enum SandboxEventType: String, WireEnum {
    case paymentRequiresAction = "payment.requires_action"
    case paymentProcessing = "payment.processing"
    case paymentAuthorized = "payment.authorized"
    case paymentCaptured = "payment.captured"
    case paymentFailed = "payment.failed"
    case paymentCanceled = "payment.canceled"
    case refundCreated = "refund.created"
    case refundCompleted = "refund.completed"
    case refundFailed = "refund.failed"
    case disputeOpened = "dispute.opened"
    case disputeUnderReview = "dispute.under_review"
    case disputeWon = "dispute.won"
    case disputeLost = "dispute.lost"
}
