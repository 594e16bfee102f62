import AppHarness
import Catalog
import Commerce
import HTTPTypes
import Jobs
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Merchandising

/// Tables into the shop and out of it.
@Suite(.timeLimit(.minutes(10)))
struct CSVTests {
    private static let categories = """
        slug,parent,name,description,is_active,display_order\r
        clothing,,Clothing,"Wear, and ""more"" to wear",true,3\r
        shirts,clothing,Shirts,'=not a formula,true,0\r
        old,,Old things,,false,0\r

        """

    private static let products = """
        sku,parent_sku,slug,name,category,vendor,price,price_adjustment,compare_at_price,tax_class,short_description,\
        description,weight,length,width,height,options,is_active,is_featured,approval_status\r
        Mug-1,,mug,Mug,old,acme,7.50,,9.00,reduced,'-5% today,"Two\nlines",0.35,10,9.5,9.5,,true,true,approved\r
        SHIRT,,shirt-2,Zażółć shirt,shirts,,20.00,,,standard,,,,,,,,true,false,pending\r
        shirt-s,SHIRT,,,,,,-1.25,,,,,,,,,Size=S|Colour=Red\\=ish,true,,\r
        shirt-m,SHIRT,,,,,21.00,,,,,,,,,,Size=M|Colour=A\\|B\\\\C,false,,\r

        """

    private static let stock = """
        sku,warehouse,on_hand,reorder_level,reorder_quantity,overstock_level\r
        Mug-1,MAIN,12,5,20,100\r
        shirt-m,MAIN,0,0,0,0\r
        shirt-s,MAIN,3,0,0,0\r

        """

    fileprivate static let shop: [(SheetKind, String)] = [
        (.categories, categories), (.products, products), (.stock, stock),
    ]

    @Test(arguments: Backend.available)
    func `what is exported makes the same shop elsewhere, to the byte`(_ backend: Backend) async throws {
        let files = Self.shop
        try await withExchange(backend) { shop in
            for (kind, file) in files {
                let done = try await shop.imported(kind, file)
                let failures = try await shop.failures(of: done.id).map { "line \($0.line): \($0.reasons)" }
                try #require(failures.isEmpty && done.counts.created == done.counts.rows, "\(kind): \(failures)")
                #expect(try await shop.exported(kind) == file)
            }
            let (moved, revision) = (try await shop.movements(), try await shop.revision())
            for (kind, file) in files {
                let done = try await shop.imported(kind, file)
                #expect(done.counts.unchanged == done.counts.rows && done.status == .finished)
            }
            #expect(try await shop.movements() == moved)
            #expect(try await shop.revision() == revision)
        }
    }

    @Test(arguments: Backend.available)
    func `a column that is not there is left alone and a blank cell clears`(_ backend: Backend) async throws {
        try await withExchange(backend) { shop in
            try await shop.fill()
            let done = try await shop.imported(
                .products, "sku;price;compare_at_price;vendor\nmug-1;8;;\nshirt-s;;;\n")
            #expect(done.counts.updated == 1 && done.counts.failed == 1)
            let mug = Self.products.split(separator: "\r\n")[1]
            // The file's spelling of a SKU is the one that stays.
            let expected = mug.replacing("acme,7.50,,9.00", with: ",8.00,,").replacing("Mug-1", with: "mug-1")
            #expect(try await shop.exported(.products).contains(expected))
            let counted = try await shop.imported(.stock, "sku,on_hand,reorder_level\nMUG-1,10,\n")
            #expect(counted.counts.updated == 1)
            #expect(try await shop.exported(.stock).contains("mug-1,MAIN,10,5,20,100\r\n"))
        }
    }

    @Test(arguments: Backend.available)
    func `spaces of any kind around cells are no part of them, so that a file can come twice`(
        _ backend: Backend
    ) async throws {
        let files: [(SheetKind, String)] = [
            (.categories, "\u{A0}slug , parent,name\n hats\u{A0},\u{3000},\u{2007}Hats \t\n  ,,\n"),
            (
                .products,
                """
                sku,parent_sku,name,category,vendor,price,options,is_active,tax_class
                HAT\u{A0},,\u{A0}Hat ,hats ,\u{2003}acme,\u{A0}7.50 ,, true\u{A0},standard\u{A0}
                 hat-s ,HAT\u{A0},,,,,\u{FEFF}Size = S\u{A0}|Colour\u{A0}=\u{2009}Red , TRUE,
                hat-m,\u{200B}HAT,,,,,Size=M|Colour=Red,true\u{A0},
                ,,,,,,,,
                """
            ),
            (.stock, "sku,warehouse,on_hand\n\u{A0}hat-s\u{A0}, MAIN\u{A0},\u{A0}3 \n"),
        ]
        try await withExchange(backend) { shop in
            for (kind, file) in files {
                let first = try await shop.imported(kind, file)
                let failures = try await shop.failures(of: first.id).map { "line \($0.line): \($0.reasons)" }
                #expect(failures.isEmpty && first.counts.created == first.counts.rows, "\(kind): \(failures)")
                let again = try await shop.imported(kind, file)
                #expect(again.counts.unchanged == first.counts.rows, "\(kind)")
            }
            #expect(try await shop.exported(.categories).contains("hats,,Hats,"))
            let products = try await shop.exported(.products)
            #expect(products.contains("HAT,,hat,Hat,hats,acme,7.50,") && products.contains("Size=S|Colour=Red,true"))
            let types = try await shop.database.read {
                try $0.column("SELECT DISTINCT options FROM product_variants", as: String.self)
            }
            #expect(types.allSatisfy { !$0.contains("Size ") && !$0.contains("\u{A0}") }, "\(types)")
        }
    }

    @Test(arguments: Backend.available)
    func `a row that is refused says why and takes no other with it`(_ backend: Backend) async throws {
        let cases: [(SheetKind, row: String, reason: String)] = [
            (.categories, "Bad Slug,,X,,true,", "slug: Enter a valid slug"),
            (.categories, ",,X,,true,", "slug: This field is required."),
            (.categories, "new,,,,true,", "name: "),
            (.categories, "new,nowhere,New,,true,", "parent: "),
            (.categories, "clothing,shirts,Clothing,,true,", "parent: "),
            (.categories, "one,two", "This row has 2 cells, the header 6."),
            (.products, "p1,,,P,nowhere,,1,,,,,,,,,,,,,", "category: "),
            (.products, "p1,,,P,shirts,nobody,1,,,,,,,,,,,,,", "vendor: There is no vendor"),
            (.products, "p1,,,P,shirts,,-1,,,,,,,,,,,,,", "price: Ensure this value"),
            (.products, "p1,,,P,shirts,,1.005,,,,,,,,,,,,,", "price: "),
            (.products, "p1,,,P,shirts,,1,,,,,,,2,,,,,,", "height: A parcel has three sides."),
            (.products, "p1,,,P,shirts,,1,,,,,,,,,,Size=S,,,", "options: Only a variant has this."),
            (.products, "shirt-s,,,P,shirts,,1,,,,,,,,,,,,,", "parent_sku: This SKU belongs to a variant"),
            (.products, "v1,nothing,,,,,1,,,,,,,,,,,,,", "parent_sku: There is no product"),
            (.products, "v1,SHIRT,,,,,1,2,,,,,,,,,,,,", "price_adjustment: "),
            (.products, "v1,SHIRT,,,,,1,,,,,,,,,,Size,,,", "options: Write options as"),
            (.products, "shirt-m,Mug-1,,,,,1,,,,,,,,,,,,,", "parent_sku: This SKU belongs to another"),
            (.products, "Mug-1,,cup,Mug,old,,7.50,,,,,,,,,,,,,", "slug: The slug of a product stays"),
            (.stock, "nothing,MAIN,1,,,", "sku: Nothing has this SKU."),
            (.stock, "SHIRT,MAIN,1,,,", "sku: This product is sold by its variants"),
            (.stock, "Mug-1,moon,1,,,", "warehouse: There is no such warehouse."),
            (.stock, "Mug-1,MAIN,-1,,,", "on_hand: "),
        ]
        try await withExchange(backend) { shop in
            try await shop.fill()
            for kind in SheetKind.allCases {
                let before = try await shop.exported(kind)
                let lines = before.split(separator: "\r\n", maxSplits: 1)
                let bad = cases.filter { $0.0 == kind }
                let file = ([String(lines[0])] + bad.map(\.row) + [String(lines[1])]).joined(separator: "\r\n")
                let done = try await shop.imported(kind, file)
                #expect(done.counts.failed == bad.count)
                #expect(done.counts.unchanged == done.counts.rows - bad.count)
                #expect(try await shop.exported(kind) == before)
                let failures = try await shop.failures(of: done.id)
                try #require(failures.count == bad.count, "\(kind): \(failures.map { "\($0.line): \($0.reasons)" })")
                #expect(failures.map(\.line) == Array(2..<bad.count + 2))
                for (failure, expected) in zip(failures, bad) {
                    #expect(failure.reasons.hasPrefix(expected.reason), "\(expected.row): \(failure.reasons)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a dry run keeps nothing and foretells every row`(_ backend: Backend) async throws {
        var categories = "slug,parent,name\n"
        for number in 0..<40 { categories += "top-\(number),,Top \(number)\n" }
        for number in 0..<40 { categories += "mid-\(number),top-\(number),Mid\n" }
        for number in 0..<40 { categories += "low-\(number),mid-\(39 - number),Low\nlow-\(number),,Lower\n" }
        categories += "lost,nowhere,Lost\n"
        var products = "sku,parent_sku,name,category,price\n"
        for number in 0..<40 { products += "P-\(number),,Product,old,5\n" }
        for number in 0..<60 { products += "v-\(number),p-\(number),,,\n" }
        for number in 0..<10 { products += "p-\(number),,Other,old,5\n" }
        let files: [(SheetKind, String)] = [
            (.categories, categories), (.products, products), (.stock, "sku,on_hand\nmug-1,4\nMug-1,4\nMug-1,5\n"),
        ]
        try await withExchange(backend) { shop in
            try await shop.fill()
            for (kind, file) in files {
                let (before, movements) = (try await shop.exported(kind), try await shop.movements())
                let tried = try await shop.imported(kind, file, isDryRun: true)
                #expect(try await shop.exported(kind) == before)
                #expect(try await shop.movements() == movements)
                let done = try await shop.imported(kind, file)
                #expect(tried.isDryRun && tried.status == .finished && done.counts == tried.counts)
                #expect(try await shop.outcomes(of: tried.id) == shop.outcomes(of: done.id))
                #expect(try await shop.exported(kind) != before)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an import that is broken off goes on, and each row counts once`(_ backend: Backend) async throws {
        struct Killed: Error {}
        try await withExchange(backend) { shop in
            try await shop.fill()
            let rows = (0..<120).map { "mug-1,\($0 % 7)\n" }.joined()
            let imports = shop.imports
            let begun = try await imports.receive(
                .stock, fileName: "s.csv", bytes: Array(("sku,on_hand\n" + rows).utf8), isDryRun: false, by: nil)
            let before = try await shop.movements()
            await #expect(throws: Killed.self) {
                try await shop.database.write { tx in
                    _ = try imports.step(begun.id, in: tx)
                    throw Killed()
                }
            }
            #expect(try await shop.movements() == before)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { try await shop.drainJobs() } }
                try await group.waitForAll()
            }
            try await shop.drainJobs()
            let done = try #require(try await shop.database.write { try imports.step(begun.id, in: $0) })
            #expect(done.status == .finished)
            #expect(done.counts == ImportCounts(rows: 120, created: 0, updated: 120, unchanged: 0, failed: 0))
            #expect(try await shop.movements() == before + 120)
        }
    }

    @Test(arguments: [
        ("\n", "The file has no rows."), ("sku\n", "The file has no rows."),
        ("name\nX\n", "The column \"sku\" is missing."), ("sku,prise\na,1\n", "There is no column \"prise\"."),
        ("sku,sku\na,b\n", "A column stands twice."), ("sku\n\"a\n", ""),
    ])
    func `a file that is no table is refused whole`(_ file: String, _ reason: String) async throws {
        try await withExchange(.sqlite) { shop in
            let answer = try await shop.upload(
                "/api/admin/products/imports/", Array(file.utf8), named: "p.csv", as: "file")
            #expect(answer.status == 400)
            #expect(answer["file"]?[0]?.text?.hasPrefix(reason) == true)
            #expect(try await shop.call(.get, "/api/admin/products/imports/")["count"]?.integer == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `staff see what became of their file`(_ backend: Backend) async throws {
        try await withExchange(backend) { shop in
            try await shop.fill()
            let sent = try await shop.upload(
                "/api/admin/stock/imports/", Array("sku,on_hand\nmug-1,3\nnothing,1\n".utf8), named: "s.csv",
                fields: ["dry_run": "true"], as: "file")
            #expect(sent.status == 202)
            #expect(sent["status"]?.text == "running")
            let id = try #require(sent["id"]?.integer)
            try await shop.drainJobs()
            let shown = try await shop.call(.get, "/api/admin/stock/imports/\(id)/")
            #expect(shown["status"]?.text == "finished" && shown["is_dry_run"] == .bool(true))
            #expect(shown["updated_count"]?.integer == 1 && shown["failed_count"]?.integer == 1)
            let rows = try await shop.call(.get, "/api/admin/stock/imports/\(id)/rows/?outcome=failed")
            #expect(rows["count"]?.integer == 1)
            #expect(rows["results"]?[0]?["line"]?.integer == 3)
            #expect(rows["results"]?[0]?["errors"]?["sku"]?[0]?.text?.hasPrefix("Nothing has this SKU.") == true)
            #expect(try await shop.call(.get, "/api/admin/products/imports/\(id)/").status == 404)
            #expect(try await shop.call(.get, "/api/admin/products/imports/\(id)/rows/").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `imports of long ago are cleared away`(_ backend: Backend) async throws {
        try await withExchange(backend) { shop in
            try await shop.fill()
            shop.clock.advance(by: .days(31))
            let young = try await shop.imported(.stock, "sku\nmug-1\n")
            let imports = shop.imports
            for _ in 0..<4 {
                _ = try await shop.database.write { [jobs = shop.jobs] in try jobs.enqueue(ImportUpkeep(), in: $0) }
                try await shop.drainJobs()
            }
            let left = try await shop.database.read { connection in
                try SheetKind.allCases.map { try ImportQueries.count($0, connection) }
            }
            #expect(left == [0, 0, 1])
            #expect(try await shop.database.write { try imports.step(young.id, in: $0) } != nil)
        }
    }

    @Test func `options come back from their cell`() {
        let options = [
            VariantOption(type: "a=b", value: "c|d"), VariantOption(type: "\\", value: "e\\="),
            VariantOption(type: "Größe", value: "|"),
        ]
        #expect(OptionText.options(OptionText.text(options)) == options)
        #expect(OptionText.options("") == [])
        for text in ["a", "a=b=c", "a=b|c", "|"] { #expect(OptionText.options(text) == nil) }
        #expect(OptionText.options("Size = S |\u{A0}Cut=\u{301}x")?.map(\.type) == ["Size", "Cut"])
        for joiner in ["\u{301}", "\u{200D}", "\u{FE0F}"] {
            let marked = [VariantOption(type: "a|\(joiner)b", value: "=\(joiner)\\\(joiner)|c")]
            #expect(OptionText.options(OptionText.text(marked)) == marked)
            #expect(OptionText.options("a=\(joiner)b|\(joiner)c=d")?.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a table's tax classes are those that rates know, in any case`(_ backend: Backend) async throws {
        try await withExchange(backend) { shop in
            _ = try await shop.imported(.categories, Self.categories)
            let file = """
                sku,name,category,price,tax_class\r
                A,A,shirts,1.00,Reduced\r
                B,B,shirts,1.00,redcued\r

                """
            let done = try await shop.imported(.products, file)
            #expect(done.counts.created == 1 && done.counts.failed == 1)
            let reasons = try await shop.failures(of: done.id).map { "\($0.reasons)" }
            #expect(reasons.count == 1 && reasons[0].contains("tax_class") && reasons[0].contains("is not a tax class"))
            #expect(try await shop.exported(.products).contains("reduced"))
        }
    }

    private func withExchange(
        _ backend: Backend, _ body: @escaping @Sendable (CatalogFixture) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            _ = try await database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO vendors (name, slug, status, created_at, updated_at)
                    VALUES ('Acme', 'acme', 'approved', 0, 0)
                    """)
                try tx.execute(
                    """
                    INSERT INTO users (id, email, role, created_at, updated_at)
                    VALUES (\(CatalogFixture.staff.userID), 'staff@example.com', 'admin', 0, 0)
                    """)
            }
            try await body(try CatalogFixture(database))
        }
    }
}

extension CatalogFixture {
    /// Imports the file and returns the finished import.
    fileprivate func imported(_ kind: SheetKind, _ file: String, isDryRun: Bool = false) async throws -> SheetImport {
        let begun = try await imports.receive(
            kind, fileName: "file.csv", bytes: Array(file.utf8), isDryRun: isDryRun, by: nil)
        try await drainJobs()
        let imports = imports
        return try #require(try await database.write { try imports.step(begun.id, in: $0) })
    }

    fileprivate func fill() async throws {
        for (kind, file) in CSVTests.shop { _ = try await imported(kind, file) }
    }

    fileprivate func exported(_ kind: SheetKind) async throws -> String {
        let imports = imports
        return try await database.read { connection in
            var text = ""
            try imports.export(kind, connection) { text += $0 }
            return text
        }
    }

    fileprivate func movements() async throws -> Int {
        try await database.read { try $0.value("SELECT COUNT(*) FROM stock_movements") ?? 0 }
    }

    fileprivate func revision() async throws -> Int {
        try await database.read { try RevisionQueries.current($0) }
    }

    fileprivate func failures(of id: ImportID) async throws -> [ImportRow] {
        let imports = imports
        return try await database.read { connection in
            var rows: [ImportRow] = []
            try imports.failures(of: id, connection) { rows.append($0) }
            return rows
        }
    }

    fileprivate func outcomes(of id: ImportID) async throws -> [String] {
        try await database.read {
            try $0.column("SELECT outcome FROM import_rows WHERE import_id = \(id) ORDER BY number")
        }
    }
}
