import Commerce
import Testing

@Suite struct CatalogSlugTests {
    @Test func `a slug is made of Latin letters, digits and single hyphens`() {
        let slugs = [
            "Oak chair": "oak-chair", "  Crème -- brûlée!  ": "creme-brulee", "Levi's 501": "levis-501",
            "Ελληνικά": "ellinika", "Самовар Тульский": "samovar-tulskii", "Łódź Straße": "lodz-strasse",
            "42": "product-42", "商品": "product", "": "product", "---": "product", "Đặng Thị": "dang-thi",
            "4K TV": "4k-tv",
        ]
        for (name, slug) in slugs { #expect(Slug(name, kind: "product").description == slug) }
    }

    @Test func `a long name is cut so that a number fits behind it`() {
        let slug = Slug(String(repeating: "word ", count: 100), kind: "product")
        #expect(slug.description.utf8.count <= 180 && !slug.description.hasSuffix("-"))
    }

    @Test func `a taken slug gets the first free number`() {
        let slug = Slug("Lamp", kind: "product")
        #expect(slug.firstFree(besides: []) == "lamp")
        #expect(slug.firstFree(besides: ["lamp", "lamp-2", "lamp-4"]) == "lamp-3")
    }

    @Test func `a reference is an id only where it is a positive number`() {
        #expect(Reference("12") == .id(12))
        for text in ["0", "-3", "+5", "4k-tv", "99999999999999999999"] { #expect(Reference(text) == .slug(text)) }
    }

    @Test func `folding takes accents off whether or not they are joined to the letter`() {
        #expect(TextFolding.fold("CAFÉ") == "cafe")
        #expect(TextFolding.fold("cafe\u{301}") == "cafe")
        #expect(TextFolding.fold("Ёлка и йод") == TextFolding.fold("е\u{308}лка и и\u{306}од"))
        #expect(TextFolding.words("USB-C, 2.0 (neu)") == ["usb", "c", "2", "0", "neu"])
    }
}
