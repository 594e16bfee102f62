import Commerce
import Primitives
import Web

/// A mail as staff see it in the log.
struct EmailLogBody: ResponseBody {
    let id: EmailLogID
    let userID: UserID?
    /// The order that the mail is about; null for none.
    let orderID: OrderID?
    /// Null where ``orderID`` is, or where the mail does not name it.
    let orderNumber: String?
    let email: String
    let templateID: EmailTemplateID
    let templateType: String
    let language: String
    let subject: String
    let status: EmailStatus
    let errorMessage: String
    let attempts: Int
    let messageKey: String
    let isTest: Bool
    /// Whether it can be sent again: a test cannot, and neither can what held a code or a token.
    let canResend: Bool
    let createdAt: Timestamp
    let sentAt: Timestamp?
    let openedAt: Timestamp?
    let clickedAt: Timestamp?

    init(_ log: EmailLog) {
        (id, userID, email) = (log.id, log.userID, log.email)
        (orderID, orderNumber) = (log.order, log.orderNumber)
        templateID = EmailTemplateID(of: log.type, in: log.language)
        (templateType, language, subject) = (log.type, log.language, log.subject)
        (status, errorMessage, attempts) = (log.status, log.error, log.attempts)
        (messageKey, isTest, canResend) = (log.jobKey, log.isTest, !log.isTest && !log.isSecret)
        (createdAt, sentAt, openedAt, clickedAt) = (log.createdAt, log.sentAt, log.openedAt, log.clickedAt)
    }
}

/// A mail as its recipient sees it.
struct HistoryBody: ResponseBody {
    let id: EmailLogID
    let templateType: String
    let subject: String
    let status: EmailStatus
    let createdAt: Timestamp
    let sentAt: Timestamp?
    let openedAt: Timestamp?
    let clickedAt: Timestamp?

    init(_ log: EmailLog) {
        (id, templateType, subject, status) = (log.id, log.type, log.subject, log.status)
        (createdAt, sentAt, openedAt, clickedAt) = (log.createdAt, log.sentAt, log.openedAt, log.clickedAt)
    }
}
