import AppHarness
import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Merchandising

/// Exports of other shop systems, taken in as they are.
@Suite(.timeLimit(.minutes(10)))
struct ForeignExportTests {
    private static let shopify = """
        Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,\
        Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Variant Image,Status
        red-mug,Red Mug,"<p>Fine &amp; <b>red</b></p><ul><li>350 ml</li></ul>",Acme,Mugs,"a, b",true,Title,Default Title,,,\
        MUG-1,350,12,7.50,9.00,https://cdn.example.com/mug.jpg?v=1,,active
        red-mug,,,,,,,,,,,,,,,,https://cdn.example.com/mug-2.jpg,,
        tee,Tee,Plain,Acme,Shirts,,true,Size,S,Color,Red,TEE-S,180,3,20.00,,https://cdn.example.com/tee.jpg,\
        https://cdn.example.com/tee-s.jpg,draft
        tee,,,,,,,,M,,Red,,180,-2,21.00,,,,

        """

    private static let wooCommerce = """
        ID,Type,SKU,Name,Published,"Is featured?","Visibility in catalog","Short description",Description,\
        "Date sale price starts","Date sale price ends","Tax status","Tax class","In stock?",Stock,"Weight (lbs)",\
        "Length (in)","Width (in)","Height (in)","Sale price","Regular price",Categories,Tags,Images,Parent,Position,\
        "Attribute 1 name","Attribute 1 value(s)","Attribute 1 visible","Attribute 1 global"
        10,simple,CAP,Cap,1,1,visible,"<p>Warm.</p>","One\\nTwo",,,taxable,,1,7,1,10,5,2.5,15,18,\
        "Clothing, Clothing > Caps",sale,"https://shop.example.com/cap.jpg, https://shop.example.com/cap-2.jpg",,0,,,,
        11,variable,HOOD,Hoodie,1,0,visible,,,,,taxable,reduced-rate,1,,,,,,,,Clothing > Hoodies,,,,0,Color,"Blue, Red",1,1
        12,variation,HOOD-B,Hoodie - Blue,1,0,visible,,,,,taxable,parent,1,4,,,,,,45,,,,HOOD,1,Color,Blue,,1
        13,variation,,Hoodie - Red,0,0,visible,,,2026-12-01,2026-12-24,taxable,parent,1,0,,,,,40,45,,,,id:11,2,Color,Red,,1
        14,grouped,SET,Set,1,0,visible,,,,,taxable,,1,,,,,,,,Clothing,,,,0,,,,

        """

    private static let magento = """
        sku,store_view_code,attribute_set_code,product_type,categories,product_websites,name,description,weight,\
        product_online,tax_class_name,price,special_price,special_price_to_date,url_key,base_image,additional_images,qty,\
        configurable_variations
        WS-S,,Default,simple,,base,Shirt-S,,0.5,1,Taxable Goods,29.0000,,,ws-s,/w/s/ws.jpg,,10.0000,
        WS-M,,Default,simple,,base,Shirt-M,,0.5,1,Taxable Goods,32.0000,,,ws-m,/w/s/ws.jpg,,0.0000,
        WS,,Default,configurable,"Default Category/Women,Default Category/Women/Shirts",base,Shirt,<p>Soft</p>,,1,\
        Taxable Goods,,,,ws-shirt,https://m.example.com/ws.jpg,,0.0000,"sku=WS-S,size=S,color=Red|sku=WS-M,size=M,color=Red"
        WS,german,,,,,Hemd,,,,,,,,,,,,
        BAG,,Default,simple,Default Category/Bags,base,Bag,,1.2,2,None,34.0000,30.0000,,bag,,,5.0000,
        KIT,,Default,bundle,Default Category/Bags,base,Kit,,,1,None,,,,kit,,,0.0000,

        """

    @Test(arguments: Backend.available)
    func `Shopify's export becomes products, variants, stock and pictures to fetch`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let done = try await shop.arrived(.products, Array(Self.shopify.utf8))
            #expect(try await shop.refusals(of: done.id).isEmpty)
            #expect(done.format == .shopify && done.leftOut == "Vendor, Tags" && done.counts.created == 4)
            let rows = try await shop.exportedRows(.products)
            let mug = try #require(rows["MUG-1"])
            #expect(mug["slug"] == "red-mug" && mug["name"] == "Red Mug" && mug["category"] == "mugs")
            #expect(mug["description"] == "Fine & red\n\n- 350 ml" && mug["weight"] == "0.35")
            #expect(mug["price"] == "7.50" && mug["compare_at_price"] == "9.00" && mug["is_active"] == "true")
            #expect(rows["tee"]?["is_active"] == "false" && rows["tee"]?["price"] == "20.00")
            #expect(rows["TEE-S"]?["parent_sku"] == "tee" && rows["TEE-S"]?["options"] == "Size=S|Color=Red")
            #expect(rows["tee-m-red"]?["price"] == "21.00" && rows["tee-m-red"]?["options"] == "Size=M|Color=Red")
            let stock = try await shop.exportedRows(.stock)
            #expect(
                stock["MUG-1"]?["on_hand"] == "12" && stock["TEE-S"]?["on_hand"] == "3" && stock["tee-m-red"] == nil)
            #expect(try await shop.waitingPictures() == 4)
            let again = try await shop.arrived(.products, Array(Self.shopify.utf8))
            #expect(again.counts.unchanged == 4, "\(again.counts)")
        }
    }

    @Test(arguments: Backend.available)
    func `WooCommerce's export becomes products with their variations`(_ backend: Backend) async throws {
        try await withCatalog(backend) { shop in
            let done = try await shop.arrived(.products, Array(Self.wooCommerce.utf8))
            let reasons = try await shop.refusals(of: done.id)
            #expect(reasons.count == 1 && reasons[0].hasPrefix("A grouped product is not taken over"), "\(reasons)")
            #expect(done.format == .woocommerce && done.counts.created == 4)
            #expect(done.leftOut.contains("Tags") && done.leftOut.contains("Date sale price ends"), "\(done.leftOut)")
            let rows = try await shop.exportedRows(.products)
            let cap = try #require(rows["CAP"])
            #expect(cap["price"] == "15.00" && cap["compare_at_price"] == "18.00" && cap["is_featured"] == "true")
            #expect(
                cap["category"] == "caps" && cap["short_description"] == "Warm." && cap["description"] == "One\nTwo")
            #expect(
                cap["weight"] == "0.454" && cap["length"] == "25.4" && cap["width"] == "12.7" && cap["height"] == "6.4")
            #expect(rows["HOOD"]?["tax_class"] == "reduced" && rows["HOOD"]?["price"] == "45.00")
            #expect(rows["HOOD-B"]?["options"] == "Color=Blue" && rows["HOOD-B"]?["is_active"] == "true")
            // A sale that ends is no price.
            #expect(rows["woo-13"]?["price"] == "45.00" && rows["woo-13"]?["is_active"] == "false")
            let stock = try await shop.exportedRows(.stock)
            #expect(stock["CAP"]?["on_hand"] == "7" && stock["HOOD-B"]?["on_hand"] == "4")
            #expect(try await shop.waitingPictures() == 2)
            let again = try await shop.arrived(.products, Array(Self.wooCommerce.utf8))
            #expect(again.counts.unchanged == 4, "\(again.counts)")
        }
    }

    @Test(arguments: Backend.available)
    func `Magento's export becomes products, with simple ones under their configurable one`(
        _ backend: Backend
    ) async throws {
        try await withCatalog(backend) { shop in
            let done = try await shop.arrived(.products, Array(Self.magento.utf8))
            let reasons = try await shop.refusals(of: done.id)
            #expect(reasons.count == 1 && reasons[0].hasPrefix("A product of the type bundle is not"), "\(reasons)")
            #expect(done.format == .magento && done.counts.created == 4)
            #expect(done.leftOut.contains("weight") && done.leftOut.contains("store_view_code"), "\(done.leftOut)")
            let rows = try await shop.exportedRows(.products)
            #expect(rows["WS"]?["category"] == "shirts" && rows["WS"]?["slug"] == "ws-shirt")
            #expect(rows["WS"]?["description"] == "Soft" && rows["WS"]?["price"] == "29.00")
            #expect(rows["WS-M"]?["parent_sku"] == "WS" && rows["WS-M"]?["price"] == "32.00")
            #expect(rows["WS-M"]?["options"] == "size=M|color=Red")
            let bag = try #require(rows["BAG"])
            #expect(bag["price"] == "30.00" && bag["compare_at_price"] == "34.00" && bag["is_active"] == "false")
            let stock = try await shop.exportedRows(.stock)
            #expect(stock["WS-S"]?["on_hand"] == "10" && stock["BAG"]?["on_hand"] == "5")
            #expect(try await shop.waitingPictures() == 1)
            let again = try await shop.arrived(.products, Array(Self.magento.utf8))
            #expect(again.counts.unchanged == 4, "\(again.counts)")
        }
    }

    @Test func `WooCommerce's export is known in German too`() async throws {
        let german = """
            ID;Typ;Artikelnummer;Name;Veröffentlicht;"Ist hervorgehoben?";Steuerklasse;Bestand;"Gewicht (g)";Angebotspreis;\
            "Regulärer Preis";Kategorien;Schlagwörter;"Übergeordnetes Produkt";"Attribut 1 Name";"Attribut 1 Wert(e)"
            1;variable;LAMPE;Lampe;1;0;zero-rate;;350;;;Licht > Lampen;hell;;Farbe;Rot, Blau
            2;variation;LAMPE-R;Lampe - Rot;1;0;parent;4;;89,90;99,90;;;LAMPE;Farbe;Rot

            """
        try await withCatalog(.sqlite) { shop in
            let done = try await shop.arrived(.products, Array(german.utf8))
            #expect(try await shop.refusals(of: done.id).isEmpty)
            #expect(done.format == .woocommerce && done.leftOut == "Schlagwörter" && done.counts.created == 2)
            let rows = try await shop.exportedRows(.products)
            #expect(rows["LAMPE"]?["category"] == "lampen" && rows["LAMPE"]?["weight"] == "0.35")
            #expect(rows["LAMPE"]?["tax_class"] == "zero" && rows["LAMPE"]?["price"] == "89.90")
            #expect(rows["LAMPE-R"]?["options"] == "Farbe=Rot" && rows["LAMPE-R"]?["parent_sku"] == "LAMPE")
        }
    }

    @Test(arguments: [("9223.372", "9223.372"), ("99223,35", "99223.35"), ("0.255", "0.255"), ("heavy", "heavy")])
    func `a measure is counted in another unit as far as numbers go`(_ cell: String, _ told: String) {
        #expect(ForeignCells.measure(cell, times: 1_000_000_000, places: 3) == told)
    }

    @Test func `a format that the file is not, and a table that it is not for, are refused`() async throws {
        try await withCatalog(.sqlite) { shop in
            let path = "/api/admin/products/imports/"
            let wrong = try await shop.upload(
                path, Array(Self.magento.utf8), named: "p.csv", fields: ["format": "shopify"], as: "file")
            #expect(wrong.status == 400 && wrong["format"]?[0]?.text?.contains("Shopify's export") == true)
            let other = try await shop.upload(
                "/api/admin/stock/imports/", Array(Self.magento.utf8), named: "p.csv", as: "file")
            #expect(other.status == 400 && other["file"]?[0]?.text?.contains("Magento's export") == true)
            let own = try await shop.upload(
                path, Array(Self.magento.utf8), named: "p.csv", fields: ["format": "kontor"], as: "file")
            #expect(own["file"]?[0]?.text?.hasPrefix("There is no column") == true)
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("a < b & c", "a < b & c"), ("<p>One</p><p>Two<br/>Three</p>", "One\n\nTwo\nThree"),
        ("5 &euro; &#8211; &#x41;&nbsp;&unknown;", "5 € – A &unknown;"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("<style>p { }</style>x<script>1 < 2</script>", "x"), ("<!-- no -->yes", "yes"), ("<p", "<p"), ("", ""),
        ("one\\ntwo", "one\ntwo"), ("<b>bold</b>ly", "boldly"),
    ])
    func `HTML becomes the text that people read`(_ html: String, _ text: String) {
        #expect(PlainText.of(html) == text)
    }
}

extension CatalogFixture {
    /// How many pictures wait to be fetched.
    fileprivate func waitingPictures() async throws -> Int {
        try await database.read {
            try $0.value("SELECT COUNT(*) FROM jobs WHERE kind = \(FetchPicture.kind)", as: Int.self) ?? 0
        }
    }
}
