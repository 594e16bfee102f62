/// What a row of a table refuses.
extension Messages {
    static let rows: [String: String] = [
        "This SKU belongs to a variant: name its product here.":
            "Diese Artikelnummer gehört zu einer Variante: Nennen Sie hier ihr Produkt.",
        "This SKU belongs to another product.": "Diese Artikelnummer gehört zu einem anderen Produkt.",
        "Only a variant has this.": "Das hat nur eine Variante.",
        "A variant has this from its product.": "Das hat eine Variante von ihrem Produkt.",
        "There is no product with this SKU. Put the product's row before those of its variants.":
            "Ein Produkt mit dieser Artikelnummer gibt es nicht. "
            + "Setzen Sie die Zeile des Produkts vor die seiner Varianten.",
        "The slug of a product stays as it is: {}.": "Der Slug eines Produkts bleibt, wie er ist: {1}.",
        "There is no vendor with this slug. Write that of one, or leave the cell blank for your own goods.":
            "Einen Händler mit diesem Slug gibt es nicht. "
            + "Nennen Sie den Slug eines Händlers, oder lassen Sie die Zelle für eigene Ware leer.",
        "There is no category \"{}\". Write its slug, its name, or its path like Clothing > Shirts; or make it first.":
            "Eine Kategorie „{1}“ gibt es nicht. Nennen Sie ihren Slug, ihren Namen oder ihren Pfad, etwa Kleidung > Hemden, "
            + "oder legen Sie sie zuerst an.",
        "{} categories are called \"{}\". Write the slug of one of them: {}.":
            "{1:number} Kategorien heißen „{2}“. Nennen Sie den Slug von einer davon: {3}.",
        "Write up to 8 names of at most 200 characters, like Clothing > Shirts.":
            "Nennen Sie bis zu 8 Namen mit je höchstens 200 Zeichen, etwa Kleidung > Hemden.",
        "A parcel has three sides.": "Ein Paket hat drei Seiten.",
        "A variant with a price has no adjustment.": "Eine Variante mit eigenem Preis hat keinen Aufpreis.",
        "Write options as Color=Red|Size=M.": "Schreiben Sie Optionen so: Farbe=Rot|Größe=M.",
        "A type has 1 to 100 characters, a value 1 to 200; there are 20 options at most.":
            "Eine Art hat 1 bis 100 Zeichen, ein Wert 1 bis 200; es gibt höchstens 20 Optionen.",
        "Nothing has this SKU. Make the product first, or write the SKU as the table of products has it.":
            "Nichts hat diese Artikelnummer. "
            + "Legen Sie das Produkt zuerst an, oder schreiben Sie sie wie in der Tabelle der Produkte.",
        "This product is sold by its variants: count those.":
            "Dieses Produkt wird in Varianten verkauft: Zählen Sie diese.",
        "There is no such warehouse. Write its code, or leave the cell blank for the default one.":
            "Dieses Lager gibt es nicht. Nennen Sie den Code eines Lagers, oder lassen Sie die Zelle für das Standardlager leer.",
        "The database refuses this row: something in it is too long, or is taken by another row.":
            "Die Datenbank nimmt diese Zeile nicht an: Etwas darin ist zu lang oder schon an eine andere Zeile vergeben.",
    ]

    /// What to do about a cell.
    static let advice: [String: String] = [
        "A valid number is required. The cell has \"{}\"; write digits and a point, like 12.50, without a currency.":
            "In der Zelle steht „{1}“, gebraucht wird eine Zahl. Schreiben Sie Ziffern und einen Punkt, etwa 12.50, ohne Währung.",
        "A valid number is required. Write digits and a point, like 12.50, without a currency.":
            "Gebraucht wird eine Zahl. Schreiben Sie Ziffern und einen Punkt, etwa 12.50, ohne Währung.",
        "A valid integer is required. The cell has \"{}\"; write a whole number, like 12.":
            "In der Zelle steht „{1}“. Schreiben Sie eine ganze Zahl, etwa 12.",
        "A valid integer is required. Write a whole number, like 12.": "Schreiben Sie eine ganze Zahl, etwa 12.",
        "Must be a valid boolean. The cell has \"{}\"; write yes or no.":
            "In der Zelle steht „{1}“. Schreiben Sie ja oder nein.",
        "Must be a valid boolean. Write yes or no.": "Schreiben Sie ja oder nein.",
        "This field is required. Fill in the cell, and add the column where it is missing.":
            "Dieses Feld muss ausgefüllt werden. Füllen Sie die Zelle aus, und ergänzen Sie die Spalte, wenn sie fehlt.",
        "This field may not be blank. Fill in the cell, or take the column out to keep what the shop has.":
            "Dieses Feld darf nicht leer sein. Füllen Sie die Zelle aus, oder nehmen Sie die Spalte heraus, "
            + "um zu behalten, was der Shop hat.",
        "The formula came to {}. Put in what it should have come to.":
            "Die Formel ergibt {1}. Tragen Sie ein, was sie ergeben sollte.",
        "{} may be a thousand or have decimals. Write it without a point, or with a comma.":
            "Bei {1} kann der Punkt Tausender oder Nachkommastellen abtrennen. "
            + "Schreiben Sie die Zahl ohne Punkt oder mit Komma.",
    ]

    /// Pictures that tables name by their addresses.
    static let pictures: [String: String] = [
        "A product takes {} addresses of pictures at most.": "Ein Produkt hat höchstens {1} Adressen von Bildern.",
        "\"{}\" is no address. Write the whole of it, like https://example.com/lamp.jpg, and a space between two.":
            "„{1}“ ist keine Adresse. Schreiben Sie sie ganz aus, etwa https://example.com/lampe.jpg, "
            + "und ein Leerzeichen zwischen zwei Adressen.",
        "The picture cannot be fetched: {}.": "Das Bild lässt sich nicht abrufen: {1:sentence}.",
        "it has too many bytes": "Es ist zu groß",
        "The host answered {}.": "Der Server hat mit {1:number} geantwortet.",
    ]
}
