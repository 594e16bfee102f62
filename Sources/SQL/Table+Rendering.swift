extension Table {
    /// Returns the statements that create this table and its indexes.
    func creation(in dialect: Dialect) -> [Query] {
        var lines = columns.map { $0.definition(in: dialect, table: name) }
        lines += constraints.map(\.definition)
        lines += columns.compactMap { $0.foreignKey(table: name) }
        var tail = " STRICT"
        if dialect == .mysql {
            lines += indexes.map { $0.inlineDefinition(table: name) }
            tail = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
        }
        let body = lines.map { "    " + $0 }.joined(separator: ",\n")
        let table = Query(rendered: "CREATE TABLE IF NOT EXISTS \(name) (\n\(body)\n)\(tail)")
        return dialect == .mysql ? [table] : [table] + indexes.map { $0.creation(table: name) }
    }
}

extension Column {
    func definition(in dialect: Dialect, table: String) -> String {
        if case .id = kind {
            return dialect == .sqlite
                ? "\(name) INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
                : "\(name) BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY"
        }
        if let formula = formula(in: dialect) { return computed(formula, in: dialect) }
        var text = name + " " + type(in: dialect) + (isNullable ? " NULL" : " NOT NULL")
        for rule in rules {
            switch rule {
            case .unique: text += " UNIQUE"
            case .primaryKey: text += " PRIMARY KEY"
            case .defaultInteger(let number): text += " DEFAULT \(number)"
            case .defaultText(let literal): text += " DEFAULT '\(literal)'"
            case .null, .references, .computed: break
            }
        }
        // SQLite keeps no lengths; MySQL's strict mode refuses what is too long by itself.
        if dialect == .sqlite, case .text(let length) = kind { text += " CHECK (length(\(name)) <= \(length))" }
        return text
    }

    private func formula(in dialect: Dialect) -> StaticString? {
        for case .computed(let formula, let mysql) in rules { return dialect == .mysql ? mysql ?? formula : formula }
        return nil
    }

    /// Returns the definition of a computed column. SQLite adds such columns only where they are not stored; InnoDB has
    /// indexed stored ones for longer.
    private func computed(_ formula: StaticString, in dialect: Dialect) -> String {
        name + " " + type(in: dialect) + " GENERATED ALWAYS AS (\(formula)) "
            + (dialect == .sqlite ? "VIRTUAL" : "STORED")
    }

    func foreignKey(table: String) -> String? {
        for case .references(let target, let deletion) in rules {
            return "CONSTRAINT fk_\(table)_\(name) FOREIGN KEY (\(name)) REFERENCES \(target) (id)"
                + " ON DELETE \(deletion.rawValue)"
        }
        return nil
    }

    private var isNullable: Bool {
        rules.contains { if case .null = $0 { true } else { false } }
    }

    private func type(in dialect: Dialect) -> String {
        switch (kind, dialect) {
        case (.id, .sqlite), (.integer, .sqlite), (.money, .sqlite), (.timestamp, .sqlite), (.boolean, .sqlite):
            "INTEGER"
        case (.real, .sqlite): "REAL"
        case (.text, .sqlite), (.longText, .sqlite), (.json, .sqlite), (.date, .sqlite): "TEXT"
        case (.blob, .sqlite): "BLOB"
        case (.id, .mysql), (.integer, .mysql), (.money, .mysql), (.timestamp, .mysql): "BIGINT"
        case (.boolean, .mysql): "TINYINT"
        case (.real, .mysql): "DOUBLE"
        case (.text(let length), .mysql): "VARCHAR(\(length))"
        case (.longText, .mysql), (.json, .mysql): "LONGTEXT"
        case (.blob, .mysql): "LONGBLOB"
        case (.date, .mysql): "CHAR(10)"
        }
    }
}

extension Index {
    func creation(table: String) -> Query {
        Query(
            rendered:
                "CREATE \(unique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(name(on: table)) ON \(table) (\(columnList))")
    }

    func inlineDefinition(table: String) -> String {
        "\(unique ? "UNIQUE " : "")INDEX \(name(on: table)) (\(columnList))"
    }

    func addition(table: String) -> Query {
        Query(rendered: "ALTER TABLE \(table) ADD " + inlineDefinition(table: table))
    }

    private var columnList: String { columns.joined(separator: ", ") }
}

extension Constraint {
    var definition: String {
        switch self {
        case .primaryKey(let columns): "PRIMARY KEY (\(columns.joined(separator: ", ")))"
        case .check(let name, let condition): "CONSTRAINT ck_\(name) CHECK (\(condition))"
        }
    }
}
