import Messages
import Primitives
import SQL

/// The statements of `email_templates`, what staff have made of the shop's texts.
enum TemplateQueries {
    /// Returns the shop's own texts of a type that are in use, by language.
    static func own(_ type: String, _ connection: Connection) throws -> [String: MailText] {
        let rows: [(String, String, String, String)] = try connection.tuples(
            """
            SELECT language, subject, text_content, html_content FROM email_templates
            WHERE template_type = \(type) AND is_active = 1 AND is_default = 0
            """)
        return Dictionary(rows.map { ($0.0, MailText(subject: $0.1, text: $0.2, html: $0.3)) }) { first, _ in first }
    }

    /// Returns every template: those that the shop comes with, as they are or as staff have changed them, and those that
    /// staff have added; by type and language.
    static func all(_ catalog: MailCatalog, _ connection: Connection) throws -> [EmailTemplate] {
        let rows: [EmailTemplate] = try connection.all("SELECT \(EmailTemplate.columns) FROM email_templates")
        let touched = Set(rows.map(\.id))
        let untouched = catalog.shipped.compactMap { type, language in
            catalog.text(type, language).map { EmailTemplate(shipped: $0, of: type, in: language) }
        }.filter { !touched.contains($0.id) }
        return (rows.compactMap { shown($0, catalog) } + untouched).sorted {
            ($0.type, $0.language) < ($1.type, $1.language)
        }
    }

    static func find(
        _ id: EmailTemplateID, _ catalog: MailCatalog, _ connection: Connection
    ) throws -> EmailTemplate? {
        let row: EmailTemplate? = try connection.first(
            "SELECT \(EmailTemplate.columns) FROM email_templates WHERE id = \(id)")
        if let row { return shown(row, catalog) }
        guard let known = catalog.shipped.first(where: { EmailTemplateID(of: $0.type, in: $0.language) == id }) else {
            return nil
        }
        return catalog.text(known.type, known.language).map {
            EmailTemplate(shipped: $0, of: known.type, in: known.language)
        }
    }

    /// Writes a template and raises its version; returns false where the row is at another version.
    static func save(_ template: EmailTemplate, at now: Timestamp, _ tx: Transaction) throws -> Bool {
        let changed = try tx.execute(
            """
            UPDATE email_templates SET \(set: try template.values()), version = version + 1, updated_at = \(now)
            WHERE id = \(template.id) AND version = \(template.version)
            """)
        if changed == 1 { return true }
        guard try tx.value("SELECT 1 FROM email_templates WHERE id = \(template.id)", as: Int.self) == nil else {
            return false
        }
        try tx.execute(
            """
            INSERT INTO email_templates \(insert: try template.values() + [
                "id": template.id, "version": template.version + 1, "created_at": now, "updated_at": now,
            ])
            """)
        return true
    }

    static func delete(_ id: EmailTemplateID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM email_templates WHERE id = \(id)")
    }

    /// Returns a row as it is shown: one that says nothing of its own with the shipped text, nil where that is gone.
    private static func shown(_ row: EmailTemplate, _ catalog: MailCatalog) -> EmailTemplate? {
        guard row.isDefault else { return row }
        return catalog.text(row.type, row.language).map { row.saying($0) }
    }
}
