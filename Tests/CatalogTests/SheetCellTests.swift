import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Merchandising

/// Each column of the tables that come in: what a cell may hold, how it leaves again, and by which words the rest is
/// refused, tried and in earnest.
@Suite(.timeLimit(.minutes(10)))
struct SheetCellTests {
    /// One row of a table and what becomes of one of its cells.
    private struct Case: Sendable {
        enum Outcome: Sendable {
            /// The cell as it leaves the shop again.
            case kept(String)
            /// How the reasons begin.
            case refused(String)
        }

        let column: String
        /// Cells over those that every row has.
        let cells: [String: String]
        let outcome: Outcome

        init(_ column: String, _ value: String, kept: String, with more: [String: String] = [:]) {
            self.column = column
            cells = more.merging([column: value]) { $1 }
            outcome = .kept(kept)
        }

        init(_ column: String, _ value: String, refused reason: String, with more: [String: String] = [:]) {
            self.column = column
            cells = more.merging([column: value]) { $1 }
            outcome = .refused(column + ": " + reason)
        }
    }

    private static let blank = "This field may not be blank."
    private static let noNumber = "A valid number is required."
    private static let noInteger = "A valid integer is required."
    private static let noBoolean = "Must be a valid boolean."
    private static let noSlug = "Enter a valid slug"

    private static func letters(_ count: Int) -> String { String(repeating: "x", count: count) }
    private static func tooLong(_ most: Int) -> String { "Ensure this field has no more than \(most) characters." }

    // MARK: Tables

    private static let categoryCells: [Case] = [
        Case("slug", "a-1", kept: "a-1"), Case("slug", letters(200), kept: letters(200)),
        Case("slug", letters(201), refused: noSlug), Case("slug", "", refused: "This field is required."),
        Case("name", "Żółć & Co", kept: "Żółć & Co"), Case("name", letters(200), kept: letters(200)),
        Case("name", letters(201), refused: tooLong(200)), Case("name", "", refused: blank),
        Case("name", "@SUM(1)", kept: "'@SUM(1)"), Case("name", "-", kept: "'-"),
        Case("description", "", kept: ""), Case("description", "two\nlines", kept: "two\nlines"),
        Case("description", letters(10_000), kept: letters(10_000)),
        Case("description", letters(10_001), refused: tooLong(10_000)),
        Case("parent", "", kept: ""), Case("parent", "all", kept: "all"),
        Case("parent", "nowhere", refused: "There is no category \"nowhere\""),
        Case("parent", "1", refused: "There is no category \"1\""),
        Case("parent", letters(221), refused: tooLong(220)),
    ]
    private static let badSlugs: [Case] = ["Bad Slug", "-a", "a-", "a--b", "7", "1-2", "ä", "A", "a_b"].map {
        Case("slug", $0, refused: noSlug)
    }
    private static let categories: [Case] = joined(categoryCells, badSlugs, flags(of: "is_active", fallback: true))

    private static func joined(_ tables: [Case]...) -> [Case] { tables.flatMap { $0 } }

    /// What a cell of yes or no may hold, in rows of any table.
    private static func flags(
        of column: String, fallback: Bool, with more: [String: String] = [:]
    ) -> [Case] {
        let on: [Case] = ["true", "TRUE", "1", "yes", "on", "t", "WAHR", "ja", "Vrai"].map {
            Case(column, $0, kept: "true", with: more)
        }
        let off: [Case] = ["false", "False", "0", "no", "off", "f", "FALSCH", "nein"].map {
            Case(column, $0, kept: "false", with: more)
        }
        let bad: [Case] = ["maybe", "2", "-1", "jawohl", "tru"].map { Case(column, $0, refused: noBoolean, with: more) }
        return joined(on, off, bad, [Case(column, "", kept: String(fallback), with: more)])
    }

    private static let sides = ["length": "1", "width": "2.5", "height": "100000"]

    private static let productCells: [Case] = [
        Case("sku", letters(100), kept: letters(100)), Case("sku", letters(101), refused: tooLong(100)),
        Case("sku", "", refused: "This field is required."), Case("sku", "Groß/1 №", kept: "Groß/1 №"),
        Case("slug", "fine-slug", kept: "fine-slug"), Case("slug", "Bad", refused: noSlug),
        Case("slug", "42", refused: noSlug), Case("slug", letters(201), refused: noSlug),
        Case("name", letters(255), kept: letters(255)), Case("name", letters(256), refused: tooLong(255)),
        Case("name", "", refused: blank), Case("name", "+48 chairs", kept: "'+48 chairs"),
        Case("category", "all", kept: "all"), Case("category", "nowhere", refused: "There is no category \"nowhere\""),
        Case("category", "1", refused: "There is no category \"1\""), Case("category", "", refused: blank),
        Case("vendor", "", kept: ""), Case("vendor", "acme", kept: "acme"),
        Case("vendor", "nobody", refused: "There is no vendor"), Case("vendor", "1", refused: "There is no vendor"),
        Case("price", "0", kept: "0.00"), Case("price", "7.5", kept: "7.50"), Case("price", "1.100", kept: "1.10"),
        Case("price", "9999999999.99", kept: "9999999999.99"),
        Case("price", "", refused: "This field is required."),
        Case("price", "1.005", refused: "Ensure that there are no more than 2 decimal places"),
        Case("price", "-0.01", refused: "Ensure this value is greater than or equal to 0.00."),
        Case("price", "10000000000", refused: ""),
        Case("compare_at_price", "", kept: ""), Case("compare_at_price", "9", kept: "9.00"),
        Case("compare_at_price", "-1", refused: "Ensure this value"),
        Case("compare_at_price", "free", refused: noNumber),
        Case("price_adjustment", "1", refused: "Only a variant has this."),
        Case("options", "Size=S", refused: "Only a variant has this."),
        Case("tax_class", "", kept: "standard"), Case("tax_class", "Reduced", kept: "reduced"),
        Case("tax_class", "ZERO", kept: "zero"),
        Case("tax_class", "luxury", refused: "\"luxury\" is not a tax class"),
        Case("tax_class", letters(51), refused: tooLong(50)),
        Case("short_description", letters(500), kept: letters(500)),
        Case("short_description", letters(501), refused: tooLong(500)), Case("short_description", "", kept: ""),
        Case("short_description", "=1+1", kept: "'=1+1"), Case("short_description", "'=1+1", kept: "'=1+1"),
        Case("short_description", "it's", kept: "it's"), Case("description", "a \"b\", c", kept: "a \"b\", c"),
        Case("description", letters(10_000), kept: letters(10_000)), Case("description", "", kept: ""),
        Case("weight", "", kept: ""), Case("weight", "0", kept: "0"), Case("weight", "0.350", kept: "0.35"),
        Case("weight", "1000000", kept: "1000000"), Case("weight", "heavy", refused: noNumber),
        Case("weight", "1000000.001", refused: "This value is out of range."),
        Case("weight", "-1", refused: "This value is out of range."),
        Case("weight", "0.0005", refused: "Ensure that there are no more than 3 decimal places."),
        Case("width", "2.5", kept: "2.5", with: sides), Case("height", "100000", kept: "100000", with: sides),
        Case("height", "100000.1", refused: "This value is out of range.", with: sides),
        Case("length", "0.05", refused: "Ensure that there are no more than 1 decimal places.", with: sides),
        Case("length", "", refused: "A parcel has three sides.", with: sides), Case("length", "", kept: ""),
        Case("approval_status", "", kept: "approved"), Case("approval_status", "pending", kept: "pending"),
        Case("approval_status", "rejected", kept: "rejected"),
        Case("approval_status", "Approved", refused: "\"Approved\" is not a valid choice."),
    ]
    private static let badPrices: [Case] = ["1,50", "1e3", "0x10", "NaN", "٣", "1 000", "$5", ".5", "5."].map {
        Case("price", $0, refused: noNumber)
    }
    private static let products: [Case] = joined(
        productCells, badPrices, flags(of: "is_active", fallback: true), flags(of: "is_featured", fallback: false))

    private static let under = ["parent_sku": "PARENT", "name": "", "category": "", "price": ""]
    private static let inherited = "A variant has this from its product."
    private static let many = (1...21).map { "T\($0)=v" }.joined(separator: "|")

    private static let variantCells: [Case] = [
        Case("price", "", kept: "", with: under), Case("price", "12", kept: "12.00", with: under),
        Case("price", "0", kept: "0.00", with: under), Case("price", "-1", refused: "Ensure", with: under),
        Case("price_adjustment", "", kept: "", with: under), Case("price_adjustment", "0", kept: "", with: under),
        Case("price_adjustment", "-9.99", kept: "-9.99", with: under),
        Case("price_adjustment", "5", kept: "5.00", with: under),
        Case("price_adjustment", "-10", refused: "The variant would cost nothing", with: under),
        Case("price_adjustment", "1.001", refused: "Ensure that there are no more than 2", with: under),
        Case(
            "price_adjustment", "1", refused: "A variant with a price has no adjustment.",
            with: under.merging(["price": "5"]) { $1 }),
        Case("options", "", kept: "", with: under), Case("options", "Size=S", kept: "Size=S", with: under),
        Case("options", " Size = M ", kept: "Size=M", with: under),
        Case("options", "Cut=A\\|B", kept: "Cut=A\\|B", with: under),
        Case("options", "size=s", refused: "Another variant of this product has these options.", with: under),
        Case("options", "Size", refused: "Write options as", with: under),
        Case("options", "A=1=2", refused: "Write options as", with: under),
        Case("options", "A=1|A=2", refused: "Each type of option may stand only once.", with: under),
        Case("options", "=x", refused: "A type has 1 to 100", with: under),
        Case("options", "A=", refused: "A type has 1 to 100", with: under),
        Case("options", letters(101) + "=x", refused: "A type has 1 to 100", with: under),
        Case("options", "A=" + letters(201), refused: "A type has 1 to 100", with: under),
        Case("options", many, refused: "A type has 1 to 100", with: under),
        Case("parent_sku", "parent", kept: "PARENT", with: under),
        Case("parent_sku", "nothing", refused: "There is no product with this SKU.", with: under),
        Case("parent_sku", "CHILD", refused: "There is no product with this SKU.", with: under),
        Case("name", "Own", refused: inherited, with: under),
        Case("category", "all", refused: inherited, with: under),
        Case("vendor", "acme", refused: inherited, with: under),
        Case("weight", "1", refused: inherited, with: under),
        Case("is_featured", "true", refused: inherited, with: under),
        Case("approval_status", "pending", refused: inherited, with: under),
        Case("slug", "own", refused: inherited, with: under),
        Case("tax_class", "zero", refused: inherited, with: under),
    ]
    private static let variants: [Case] = joined(
        variantCells, flags(of: "is_active", fallback: true, with: under))

    private static let stockCells: [Case] = [
        Case("warehouse", "", kept: "MAIN"), Case("warehouse", "MAIN", kept: "MAIN"),
        Case("warehouse", "moon", refused: "There is no such warehouse."),
        Case("warehouse", letters(51), refused: tooLong(50)), Case("sku", "nothing", refused: "Nothing has this SKU."),
        Case("sku", "PARENT", refused: "This product is sold by its variants"), Case("sku", "CHILD", kept: "CHILD"),
    ]
    private static let stock: [Case] = joined(
        stockCells, counts(of: "on_hand"), counts(of: "reorder_level"), counts(of: "reorder_quantity"),
        counts(of: "overstock_level"))

    /// What a cell of a number of units may hold.
    private static func counts(of column: String) -> [Case] {
        let bad: [Case] = ["1.5", "many", "1e3", "0x1", "1,000"].map { Case(column, $0, refused: noInteger) }
        return joined(
            bad,
            [
                Case(column, "", kept: "0"), Case(column, "0", kept: "0"), Case(column, "5", kept: "5"),
                Case(column, "5.0", kept: "5"), Case(column, "1000000000", kept: "1000000000"),
                Case(column, "-1", refused: "Ensure this value is greater than or equal to 0."),
                Case(column, "1000000001", refused: "Ensure this value is less than or equal to 1000000000."),
            ])
    }

    // MARK: Tests

    @Test(arguments: Backend.available)
    func `each cell of a category is kept as it was meant or refused on its column`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await Self.fill(shop)
            let rows = Self.rows(Self.categories) { ["slug": "row-\($0)", "name": "Row"] }
            try await Self.check(Self.categories, rows, of: .categories, by: "slug", shop)
        }
    }

    @Test(arguments: Backend.available)
    func `each cell of a product is kept as it was meant or refused on its column`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await Self.fill(shop)
            let rows = Self.rows(Self.products, Self.product)
            try await Self.check(Self.products, rows, of: .products, by: "sku", shop)
        }
    }

    @Test(arguments: Backend.available)
    func `each cell of a variant is kept as it was meant or refused on its column`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await Self.fill(shop)
            let rows = Self.rows(Self.variants, Self.product)
            try await Self.check(Self.variants, rows, of: .products, by: "sku", shop)
        }
    }

    @Test(arguments: Backend.available)
    func `each cell of a count is kept as it was meant or refused on its column`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            try await Self.fill(shop)
            let goods: [[String: String]] = Self.stock.indices.map(Self.product)
            let made = try await shop.taken(.products, Self.file(goods))
            try #require(made.counts.created == goods.count)
            let rows = Self.rows(Self.stock) { ["sku": "ROW-\($0)"] }
            try await Self.check(Self.stock, rows, of: .stock, by: "sku", shop)
        }
    }

    /// One column changed of a product, everything else left alone: the file has only that column.
    @Test(arguments: Backend.available)
    func `a table of one column changes that column and no other`(_ backend: Backend) async throws {
        let changes: [(column: String, value: String, shown: String)] = [
            ("name", "New name", "New name"), ("category", "below", "below"), ("vendor", "acme", "acme"),
            ("vendor", "", ""), ("price", "3", "3.00"), ("compare_at_price", "4", "4.00"), ("compare_at_price", "", ""),
            ("tax_class", "zero", "zero"), ("short_description", "Short", "Short"), ("short_description", "", ""),
            ("description", "Long", "Long"), ("weight", "0.5", "0.5"), ("weight", "", ""), ("is_active", "no", "false"),
            ("is_featured", "yes", "true"), ("is_featured", "", "false"), ("approval_status", "rejected", "rejected"),
        ]
        try await withCatalog(backend) { shop in
            try await Self.fill(shop)
            var before = try #require(try await shop.exportedRows(.products, by: "sku")["PLAIN"])
            for (column, value, shown) in changes {
                let file = Self.file([["sku": "PLAIN", column: value]])
                let tried = try await shop.taken(.products, file, isDryRun: true)
                #expect(try await shop.exportedRows(.products, by: "sku")["PLAIN"] == before)
                let done = try await shop.taken(.products, file)
                #expect(done.counts.updated == 1 && done.counts == tried.counts, "\(column)=\(value)")
                var expected = before
                expected[column] = shown
                let after = try #require(try await shop.exportedRows(.products, by: "sku")["PLAIN"])
                #expect(after == expected, "\(column)=\(value)")
                let again = try await shop.taken(.products, file)
                #expect(again.counts.unchanged == 1, "\(column)=\(value)")
                before = after
            }
        }
    }

    // MARK: Steps

    /// The cells that every row of a product has.
    private static func product(_ index: Int) -> [String: String] {
        ["sku": "ROW-\(index)", "name": "Row", "category": "all", "price": "1"]
    }

    /// A row for each case: the cells of `base` with those of the case over them.
    private static func rows(_ cases: [Case], _ base: (Int) -> [String: String]) -> [[String: String]] {
        cases.enumerated().map { index, one in base(index).merging(one.cells) { $1 } }
    }

    /// A file of all columns that any of the rows has.
    private static func file(_ rows: [[String: String]]) -> String {
        let columns = Set(rows.flatMap(\.keys)).sorted()
        let lines = rows.map { row in CSVText.line(columns.map { .plain(row[$0] ?? "") }) }
        return CSVText.line(columns.map { .plain($0) }) + lines.joined()
    }

    private static func fill(_ shop: CatalogFixture) async throws {
        _ = try await shop.database.write { tx in
            try tx.execute(
                """
                INSERT INTO vendors (name, slug, status, created_at, updated_at)
                VALUES ('Acme', 'acme', 'approved', 0, 0)
                """)
        }
        let files: [(SheetKind, String, Int)] = [
            (.categories, "slug,parent,name\nall,,All\nbelow,all,Below\n", 2),
            (
                .products,
                """
                sku,parent_sku,name,category,price
                PARENT,,Parent,all,10
                CHILD,PARENT,,,
                PLAIN,,Plain,all,2

                """, 3
            ),
        ]
        for (kind, file, rows) in files {
            let done = try await shop.taken(kind, file)
            try #require(done.counts.created == rows, "\(kind)")
        }
    }

    /// Takes the rows in, tried first, and holds each against its case.
    private static func check(
        _ cases: [Case], _ rows: [[String: String]], of kind: SheetKind, by key: String, _ shop: CatalogFixture
    ) async throws {
        let before = try await shop.exportedRows(kind, by: key)
        let tried = try await shop.taken(kind, file(rows), isDryRun: true)
        #expect(try await shop.exportedRows(kind, by: key) == before)
        let done = try await shop.taken(kind, file(rows))
        #expect(done.counts == tried.counts && done.status == .finished)
        let rehearsed = try await shop.fates(of: tried.id)
        let fates = try await shop.fates(of: done.id)
        #expect(rehearsed == fates)
        try #require(fates.count == cases.count)
        let table = try await shop.exportedRows(kind, by: key)
        for (index, one) in cases.enumerated() {
            let place = "\(one.column)=\((one.cells[one.column] ?? "").prefix(40))"
            switch one.outcome {
            case .kept(let cell):
                let row = table[rows[index][key] ?? ""]
                #expect(fates[index] == "created", "\(place): \(fates[index])")
                #expect(row?[one.column] == cell, "\(place): \(row?[one.column] ?? "no row")")
            case .refused(let reason):
                #expect(fates[index].hasPrefix(reason), "\(place): \(fates[index])")
            }
        }
    }
}

extension CatalogFixture {
    /// The file taken in and done.
    fileprivate func taken(_ kind: SheetKind, _ file: String, isDryRun: Bool = false) async throws -> SheetImport {
        let imports = imports
        let begun = try await imports.receive(
            kind, fileName: "file.csv", bytes: Array(file.utf8), isDryRun: isDryRun, by: nil)
        try await drainJobs()
        return try #require(try await database.write { try imports.step(begun.id, in: $0) })
    }

    /// What became of each row of an import, with the reasons where it was refused.
    fileprivate func fates(of id: ImportID) async throws -> [String] {
        let rows = try await database.read { connection in
            try connection.tuples(
                "SELECT outcome, errors FROM import_rows WHERE import_id = \(id) ORDER BY number",
                as: (String, String).self)
        }
        return rows.map { outcome, errors in
            guard outcome == "failed" else { return outcome }
            return ImportRow(number: 0, line: 0, key: "", cells: [], outcome: outcome, errors: errors).reasons
        }
    }
}
