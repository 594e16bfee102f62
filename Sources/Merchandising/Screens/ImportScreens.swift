import AdminPages

/// Tables in and out in the admin: the imports of products, categories and stock.
enum ImportScreens {
    static let screens = SheetKind.allCases.map(screen)

    /// Returns the name of the screen of a table's imports.
    static func name(of kind: SheetKind) -> String {
        switch kind {
        case .categories: "category-imports"
        case .products: "product-imports"
        case .stock: "stock-imports"
        }
    }

    /// Returns the command that takes a table in.
    static func command(of kind: SheetKind) -> AdminAction {
        AdminAction("import", Phrase("Import a table", "Tabelle importieren"), .post, path(kind)).with {
            $0.fields = [
                AdminField(
                    "file", Phrase("CSV or Excel file", "CSV- oder Excel-Datei"),
                    .file([
                        ".csv", ".txt", ".xlsx", "text/csv",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    ]), isRequired: true),
                AdminField(
                    "dry_run", Phrase("Only try it", "Nur ausprobieren"), .flag,
                    help: Phrase(
                        "Says what each row would do, and changes nothing.",
                        "Sagt, was jede Zeile bewirken würde, und ändert nichts.")),
            ]
            $0.explanation = explanation(kind)
            $0.example = export(of: kind).name
            $0.leadsTo = (name(of: kind), "id")
        }
    }

    /// Returns the table as an import takes it.
    static func export(of kind: SheetKind) -> AdminFile {
        AdminFile(
            kind.rawValue, Phrase("Table for an import", "Tabelle für einen Import"),
            "/api/admin/\(kind.rawValue)/export/?bom=1")
    }

    private static func path(_ kind: SheetKind) -> String { "/api/admin/\(kind.rawValue)/imports/" }

    private static func explanation(_ kind: SheetKind) -> Phrase {
        let (rows, listed) = (rules(of: kind), names(of: kind).joined(separator: ", "))
        return Phrase(
            "The first row names the columns, of which some may be left out: \(listed). \(rows.english)",
            "Die erste Zeile nennt die Spalten, von denen einige fehlen dürfen: \(listed). \(rows.german)")
    }

    private static func names(of kind: SheetKind) -> [String] {
        switch kind {
        case .categories: CategorySheet.names
        case .products: ProductSheet.names + ProductSheet.extraNames
        case .stock: StockSheet.names
        }
    }

    /// What rows do.
    private static func rules(of kind: SheetKind) -> Phrase {
        switch kind {
        case .categories:
            Phrase(
                "A row with the slug of a category changes that category, another makes one; parent is the slug of the "
                    + "one above. A blank cell clears, a column that is left out stays as it is.",
                "Eine Zeile mit dem slug einer Kategorie ändert diese, eine andere legt eine an; parent ist der slug der "
                    + "Kategorie darüber. Eine leere Zelle leert, eine fehlende Spalte bleibt, wie sie ist.")
        case .products:
            Phrase(
                "Rows go by sku. A new product needs a name, a category (slug, name, or a path like Clothing > Shirts) and a "
                    + "price; a variant names its product by parent_sku. opening_stock counts for what is new, pictures has "
                    + "addresses with spaces between them. A blank cell clears, a column that is left out stays as it is. "
                    + "Exports of Shopify, WooCommerce and Magento are taken too.",
                "Zeilen gehen nach sku. Ein neues Produkt braucht Namen, Kategorie (slug, Name oder Pfad wie Kleidung > "
                    + "Hemden) und Preis; eine Variante nennt ihr Produkt unter parent_sku. opening_stock gilt für Neues, "
                    + "pictures hat Adressen mit Leerzeichen dazwischen. Eine leere Zelle leert, eine fehlende Spalte bleibt, "
                    + "wie sie ist. Auch Exporte aus Shopify, WooCommerce und Magento werden gelesen."
            )
        case .stock:
            Phrase(
                "A row is a count; warehouse is the code of one, or blank for the default one. Any other blank cell leaves "
                    + "a value as it is.",
                "Eine Zeile ist eine Zählung; warehouse ist das Kürzel eines Lagers oder leer für das Standardlager. Jede "
                    + "andere leere Zelle lässt einen Wert, wie er ist.")
        }
    }

    private static func title(_ kind: SheetKind) -> Phrase {
        switch kind {
        case .categories: Phrase("Imports of categories", "Importe von Kategorien")
        case .products: Phrase("Imports of products", "Importe von Produkten")
        case .stock: Phrase("Imports of stock", "Importe von Bestand")
        }
    }

    private static func screen(_ kind: SheetKind) -> AdminScreen {
        let item = path(kind) + "{id}/"
        return AdminScreen(
            name(of: kind), in: .catalog, title(kind), one: Phrase("import", "Import"), list: path(kind), item: item,
            label: "file_name", columns: columns,
            sections: [
                AdminSection(Phrase("Progress", "Fortschritt"), .facts(facts)),
                AdminSection(
                    Phrase("Refused rows", "Abgelehnte Zeilen"),
                    .related(path: item + "rows/?outcome=failed&page_size=100", rows)
                ).with { $0.hidesEmpty = true },
                AdminSection(Phrase("Rows", "Zeilen"), .related(path: item + "rows/?page_size=50", rows)),
            ],
            actions: [
                AdminAction("discard", Phrase("End the import", "Import beenden"), .delete, item).with {
                    $0.condition = .oneOf("status", ["receiving", "running"])
                    $0.weight = .danger
                    $0.explanation = Phrase("The rows that are in stay.", "Was schon übernommen ist, bleibt.")
                }
            ]
        ).with {
            $0.commands = [command(of: kind)]
            $0.exports = [export(of: kind)]
            // Those of products and categories are reached from their lists.
            $0.isInMenu = kind == .stock
            $0.hint = Phrase(
                "Tables that you import are listed here, each with what became of its rows.",
                "Tabellen, die Sie importieren, stehen hier, jede mit dem, was aus ihren Zeilen wurde.")
        }
    }

    private static let columns: [AdminColumn] = [
        .text("file_name", Phrase("File", "Datei")),
        .status("status", Phrase("Status", "Status")),
        .flag("is_dry_run", Phrase("Trial", "Probe")),
        .number("row_count", Phrase("Rows", "Zeilen")),
        .number("created_count", Phrase("Created", "Angelegt")),
        .number("updated_count", Phrase("Changed", "Geändert")),
        .number("unchanged_count", Phrase("Unchanged", "Unverändert")),
        .number("failed_count", Phrase("Refused", "Abgelehnt")),
        .moment("created_at", Phrase("Begun", "Begonnen")),
        .moment("finished_at", Phrase("Finished", "Beendet")).hidden,
        .link("created_by_email", Phrase("By", "Von"), to: "customers", key: "created_by").hidden,
    ]

    private static let facts: [AdminColumn] = [
        .status("status", Phrase("Status", "Status")),
        .flag("is_dry_run", Phrase("Trial", "Probe")),
        .number("done_count", Phrase("Rows done", "Zeilen erledigt")),
        .number("row_count", Phrase("Rows", "Zeilen")),
        .number("created_count", Phrase("Created", "Angelegt")),
        .number("updated_count", Phrase("Changed", "Geändert")),
        .number("unchanged_count", Phrase("Unchanged", "Unverändert")),
        .number("failed_count", Phrase("Refused", "Abgelehnt")),
        .moment("created_at", Phrase("Begun", "Begonnen")),
        .moment("finished_at", Phrase("Finished", "Beendet")),
        .text("format", Phrase("Table of", "Tabelle von")),
        AdminColumn("left_out", Phrase("Columns not taken over", "Nicht übernommene Spalten"), .longText),
        AdminColumn("error", Phrase("Error", "Fehler"), .longText),
    ]

    private static let rows: [AdminColumn] = [
        .number("line", Phrase("Line", "Zeile")),
        .code("key", Phrase("Slug or SKU", "Slug oder Artikelnummer")),
        .status("outcome", Phrase("Outcome", "Ergebnis")),
        AdminColumn("errors", Phrase("Errors", "Fehler"), .refusals),
    ]
}
