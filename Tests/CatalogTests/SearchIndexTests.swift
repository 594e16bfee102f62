import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Catalog

/// The index of the search as a whole: filled anew, and how words are folded for it.
@Suite struct SearchIndexTests {
    @Test(arguments: Backend.available)
    func `an index that was emptied or made by other rules is filled anew, once`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let category = try await shop.category("All")
            for number in 1...130 {
                _ = try await shop.product("Crème brûlée \(number)", sku: "CB-\(number)", in: category)
            }
            #expect(try await shop.call(.delete, "/api/products/7/").status == 204)
            try await shop.database.write { try EmptyIndexQueries.empty($0) }
            #expect(try await shop.call(.get, "/api/products/?search=creme").json.int("count") == 0)
            #expect(try await SearchIndex.rebuild(shop.database) == 129)
            #expect(try await shop.call(.get, "/api/products/?search=creme").json.int("count") == 129)
            #expect(try await shop.names("search=cb-129") == ["Crème brûlée 129"])
            #expect(try await shop.names("search=brulle+130") == ["Crème brûlée 130"])
            #expect(try await SearchIndex.rebuild(shop.database) == 0)
            let keys = try await shop.database.read { try EmptyIndexQueries.nameKeys($0) }
            #expect(keys.allSatisfy { $0.hasPrefix("creme brulee") })
        }
    }

    @Test(arguments: [
        ("Ｗｉｄｅ", "wide"), ("ﬁne oﬃce", "fine office"), ("x²", "x2"), ("½", "1\u{2044}2"), ("٤٢", "42"), ("ｶﾞﾗｽ", "ガラス"),
        ("カ\u{3099}ラス", "ガラス"), ("soft\u{AD}ware", "software"), ("zero\u{200B}width", "zerowidth"),
        ("a\u{200D}b\u{FE0F}", "ab"), ("שָׁלוֹם", "שלום"), ("كِتَاب", "كتاب"), ("أحمد", "احمد"), ("한글", "한글"),
        ("\u{1112}\u{1161}\u{11AB}", "한"), ("e\u{301}", "e"), ("Ὀδυσσεύς", "οδυσσευσ"), ("STRASSE", "strasse"),
        ("Straße", "strasse"), ("Ĳssel", "ijssel"), ("Łódź", "lodz"), ("नमस्ते", "नमस्ते"),
    ])
    func `text is folded however it is written`(_ text: String, _ folded: String) {
        #expect(Array(TextFolding.fold(text).unicodeScalars) == Array(folded.unicodeScalars))
    }
}

private enum EmptyIndexQueries {
    static func empty(_ tx: Transaction) throws {
        try tx.execute(tx.dialect == .sqlite ? "DELETE FROM product_search" : "DELETE FROM search_postings")
        try tx.execute("DELETE FROM search_words")
        try tx.execute("DELETE FROM search_trigrams")
        try tx.execute("UPDATE search_index SET version = 0, next_product = 0")
        try tx.execute("UPDATE products SET name_key = 'as it was folded before'")
    }

    static func nameKeys(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT name_key FROM products WHERE deleted_at IS NULL")
    }
}
