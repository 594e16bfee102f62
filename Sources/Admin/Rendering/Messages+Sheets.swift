/// Tables of products, categories and stock that come in and go out.
extension Messages {
    static let sheets: [String: String] = [
        "The file is not UTF-8.": "Die Datei ist nicht in UTF-8.",
        "Line {}: a quoted cell has no end.": "Zeile {1}: Eine Zelle in Anführungszeichen hat kein Ende.",
        "Line {}: something follows the end of a quoted cell.":
            "Zeile {1}: Nach dem Ende einer Zelle in Anführungszeichen folgt noch etwas.",
        "The file has no rows.": "Die Datei hat keine Zeilen.",
        "The file has more than {} rows; send it in parts.":
            "Die Datei hat mehr als {1} Zeilen; senden Sie sie in Teilen.",
        "There is no column \"{}\". The columns are {}.": "Eine Spalte „{1}“ gibt es nicht. Die Spalten sind {2}.",
        "A column stands twice.": "Eine Spalte kommt zweimal vor.",
        "The column \"{}\" is missing.": "Die Spalte „{1}“ fehlt.",
        "This row has {} cells, the header {}.": "Diese Zeile hat {1} Zellen, die Kopfzeile {2}.",
        "The database refuses this row.": "Die Datenbank nimmt diese Zeile nicht an.",
        "This import has ended already.": "Dieser Import ist schon beendet.",
        "These are more than {} rows; use `kontor export {}`.":
            "Das sind mehr als {1} Zeilen; verwenden Sie `kontor export {2}`.",
    ]

    /// What a row of a table refuses.
    static let rows: [String: String] = [
        "This SKU belongs to a variant: name its product.":
            "Diese Artikelnummer gehört zu einer Variante: Nennen Sie ihr Produkt.",
        "This SKU belongs to another product.": "Diese Artikelnummer gehört zu einem anderen Produkt.",
        "Only a variant has this.": "Das hat nur eine Variante.",
        "A variant has this from its product.": "Das hat eine Variante von ihrem Produkt.",
        "There is no product with this SKU.": "Ein Produkt mit dieser Artikelnummer gibt es nicht.",
        "The slug of a product stays as it is: {}.": "Der Slug eines Produkts bleibt, wie er ist: {1}.",
        "There is no vendor with this slug.": "Einen Händler mit diesem Slug gibt es nicht.",
        "A parcel has three sides.": "Ein Paket hat drei Seiten.",
        "A variant with a price has no adjustment.": "Eine Variante mit eigenem Preis hat keinen Aufpreis.",
        "Write options as Color=Red|Size=M.": "Schreiben Sie Optionen so: Farbe=Rot|Größe=M.",
        "A type has 1 to 100 characters, a value 1 to 200; there are 20 options at most.":
            "Eine Art hat 1 bis 100 Zeichen, ein Wert 1 bis 200; es gibt höchstens 20 Optionen.",
        "This product is sold by its variants: count those.":
            "Dieses Produkt wird in Varianten verkauft: Zählen Sie diese.",
        "There is no such warehouse.": "Dieses Lager gibt es nicht.",
    ]
}
