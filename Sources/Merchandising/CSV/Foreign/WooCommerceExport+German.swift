import Primitives

/// The names of WooCommerce's columns where the shop is in German.
extension WooCommerceExport {
    private static let german: [String: String] = [
        "typ": "type", "artikelnummer": "sku", "veröffentlicht": "published", "ist hervorgehoben?": "is featured?",
        "kurzbeschreibung": "short description", "beschreibung": "description",
        "datum, an dem angebotspreis beginnt": "date sale price starts",
        "datum, an dem angebotspreis endet": "date sale price ends", "steuerklasse": "tax class", "bestand": "stock",
        "lager": "stock", "angebotspreis": "sale price", "regulärer preis": "regular price", "kategorien": "categories",
        "bilder": "images", "übergeordnetes produkt": "parent",
    ]
    private static let germanMeasures: [(german: String, english: String)] = [
        ("gewicht (", "weight ("), ("länge (", "length ("), ("breite (", "width ("), ("höhe (", "height ("),
    ]

    static func name(of column: String) -> String {
        if let name = german[column] { return name }
        for measure in germanMeasures {
            if let unit = column.after(measure.german) { return measure.english + String(unit) }
        }
        guard let attribute = column.after("attribut ") else { return column }
        if let number = attribute.before(" name") { return "attribute \(number) name" }
        if let number = attribute.before(" wert(e)") { return "attribute \(number) value(s)" }
        return column
    }
}
