import Catalog
import Commerce
import Primitives
import SQL
import Web

/// The tree of categories, by slug.
struct CategorySheet: Sheet {
    let kind = SheetKind.categories
    let columns = CategorySheet.names
    /// The names of the columns.
    static let names = ["slug", "parent", "name", "description", "is_active", "display_order"]
    let extraColumns: [String] = []
    let keyColumns = ["slug"]
    let numbers: Set<String> = ["display_order"]
    let flags: Set<String> = ["is_active"]

    let categories: CategoryService
    let reader: InputReader

    func key(of row: SheetRow) -> String { row["slug"] ?? "" }

    func neededKeys(of row: SheetRow) -> [String] { row["parent"].map(CategoryNames.likelySlugs) ?? [] }

    func apply(_ row: SheetRow, from origin: RowOrigin, in tx: Transaction) throws -> RowEffect {
        let slug = try Slug(row["slug"], column: "slug")
        let known = try CategoryQueries.find(.slug(slug.description), tx)
        let input = try reader.read(CategoryRowInput.self, cells: row.cells, isPartial: known != nil)
        var change = input.change
        change.parent = try change.parent.map { parent in
            try parent.map { _ in try origin.categories.find(row["parent"] ?? "", column: "parent", tx) }
        }
        guard let known else {
            change.slug = slug
            origin.categories.note(try categories.create(change, in: tx))
            return .created
        }
        if try isSame(change, as: known, tx) { return .unchanged }
        _ = try categories.update(.id(known.id.rawValue), change, check: { _ in }, in: tx)
        origin.categories.forget()
        return .updated
    }

    private func isSame(_ change: CategoryChange, as known: Catalog.Category, _ tx: Transaction) throws -> Bool {
        let old = CategoryDraft(known)
        var new = old
        change.apply(to: &new)
        if let parent = change.parent {
            new.parentID = try parent.flatMap { try CategoryQueries.find($0, tx) }?.id
        }
        return new == old
    }

    func export(_ connection: Connection, line: ([CSVText.Cell]) throws -> Void) throws {
        let all = try CategoryQueries.all(connection)
        let children = Dictionary(grouping: all, by: \.parentID).mapValues { $0.sorted { $0.slug < $1.slug } }
        try export(children, below: nil, line: line)
    }

    private func export(
        _ children: [CategoryID?: [Catalog.Category]], below parent: Catalog.Category?,
        line: ([CSVText.Cell]) throws -> Void
    ) throws {
        for category in children[parent?.id] ?? [] {
            try line([
                .plain(category.slug), .plain(parent?.slug ?? ""), .text(category.name), .text(category.description),
                .plain(String(category.isActive)), .plain(String(category.displayOrder)),
            ])
            try export(children, below: category, line: line)
        }
    }
}

/// The cells of a category.
struct CategoryRowInput: Input {
    let change: CategoryChange

    init(_ fields: Fields) {
        change = CategoryInput(fields).change
    }
}

extension Slug {
    /// What a slug has to be like, for whoever sent something else.
    static let rule = "Enter a valid slug: words of lower-case letters and digits, with hyphens between them."

    /// Reads the slug that a cell holds.
    ///
    /// - Throws: `ValidationError` on `column` where it holds none.
    init(_ cell: String?, column: String) throws {
        guard let cell else { throw ValidationError(column, "This field is required.") }
        guard let slug = Slug(exact: cell) else {
            throw ValidationError(column, Slug.rule)
        }
        self = slug
    }
}
