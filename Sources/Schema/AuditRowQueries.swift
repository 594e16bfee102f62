import SQL

/// What entries of the audit, written before they named their rows, are filled with.
enum AuditRowQueries {
    /// Writes the row that each entry is about: its path up to the first parameter of the template, without `admin/`. What is
    /// written already stays.
    static let filling: Query = """
        UPDATE audit_entries SET about = REPLACE(
            SUBSTR(path, 1, INSTR(template, '{') - 1 + INSTR(SUBSTR(path, INSTR(template, '{')), '/')),
            '/api/admin/', '/api/')
        WHERE about = '' AND INSTR(template, '{') > 0 AND INSTR(SUBSTR(path, INSTR(template, '{')), '/') > 0
        """
}
