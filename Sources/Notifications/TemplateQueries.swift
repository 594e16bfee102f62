import Messages
import SQL

/// The statements of `email_templates`, the shop's own templates.
enum TemplateQueries {
    static func active(_ type: String, _ connection: Connection) throws -> MailTemplate? {
        try connection.first(
            """
            SELECT subject, text_content, html_content FROM email_templates
            WHERE template_type = \(type) AND is_active = 1 ORDER BY id DESC LIMIT 1
            """)
    }
}

extension MailTemplate: RowDecodable {
    /// Decodes subject, text and HTML.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        self.init(subject: try row(), text: try row(), html: try row())
    }
}
