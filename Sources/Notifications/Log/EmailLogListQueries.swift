import Commerce
import Primitives
import SQL
import Web

/// The conditions on rows of the log; nil leaves one out.
struct EmailLogFilter: Sendable {
    var status: EmailStatus?
    var type: String?
    var email: String?
    var from: Timestamp?
    var until: Timestamp?
    var user: UserID?
    var order: OrderID?
    var search: RowSearch<EmailLogID>?
    var sorting = Ordering<AgeSortKey>.newestFirst

    var condition: Query {
        var parts: [Query] = ["1 = 1"]
        if let user { parts.append("user_id = \(user)") }
        if let order { parts.append("order_id = \(order)") }
        if let status { parts.append("status = \(status)") }
        if let type { parts.append("template_type = \(type)") }
        if let email { parts.append("email = \(email)") }
        if let from { parts.append("created_at >= \(from)") }
        if let until { parts.append("created_at < \(until)") }
        if let search { parts.append(search.holds("id")) }
        return parts.joined(by: " AND ")
    }

    /// Returns the hint of the index that finds the fewest rows, in the order of the list.
    func walk(_ dialect: Dialect) -> Query {
        if search?.isDone == true { return .empty }
        let index: StaticString
        if order != nil {
            index = "ix_email_logs_order_id_created_at"
        } else if user != nil {
            index = "ix_email_logs_user_id_created_at"
        } else if email != nil {
            index = "ix_email_logs_email_created_at"
        } else if type != nil {
            index = "ix_email_logs_template_type_created_at"
        } else if status != nil {
            index = "ix_email_logs_status_created_at"
        } else {
            index = "ix_email_logs_created_at"
        }
        return dialect.through(index)
    }
}

/// The statements of lists of mails.
extension EmailLogQueries {
    /// Returns the search for mails by the beginning of their recipient's address, the whole number of the order that they are
    /// about, or a part of their subject: of those all are looked through, in an index of their own.
    static func search(_ text: String) -> RowSearch<EmailLogID> {
        RowSearch(
            """
            SELECT id FROM email_logs WHERE \(Query.begins("email", with: MailRecipient.key(text)))
            UNION SELECT email_logs.id FROM orders JOIN email_logs ON email_logs.order_id = orders.id
            WHERE orders.order_number = \(text.uppercased())
            UNION SELECT id FROM email_logs WHERE INSTR(LOWER(subject), \(text.lowercased())) > 0
            """)
    }

    static func count(_ filter: EmailLogFilter, _ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM email_logs WHERE \(filter.condition)") ?? 0
    }

    /// Returns a page of mails. What lies before the page is skipped by the index alone: rows hold their variables.
    static func page(_ filter: EmailLogFilter, limit: Query, _ connection: Connection) throws -> [EmailLog] {
        try connection.all(
            .page(
                of: "\(EmailLog.columns)", from: "email_logs", through: filter.walk(connection.dialect),
                where: filter.condition, by: "created_at \(filter.sorting.direction), id \(filter.sorting.direction)",
                limit))
    }
}
