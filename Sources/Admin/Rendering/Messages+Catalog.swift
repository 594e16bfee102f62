/// Sentences about products, variants, categories, taxes and shipping.
extension Messages {
    static let catalog: [String: String] = [
        "The category still holds subcategories or products.":
            "Die Kategorie enthält noch Unterkategorien oder Produkte.",
        "A category cannot lie below itself.": "Eine Kategorie kann nicht unter sich selbst liegen.",
        "The tree may have {} levels at most.": "Der Kategoriebaum hat höchstens {1} Ebenen.",
        "A product with this slug already exists.": "Ein Produkt mit diesem Slug gibt es schon.",
        "A category with this slug already exists.": "Eine Kategorie mit diesem Slug gibt es schon.",
        "A product or variant with this sku already exists.":
            "Ein Produkt oder eine Variante mit dieser Artikelnummer gibt es schon.",
        "The variant {} would cost nothing: change its price_adjustment first.":
            "Die Variante {1} würde nichts kosten: Ändern Sie zuerst ihren Aufpreis.",
        "The variants {} would cost nothing: change their price_adjustment first.":
            "Die Varianten {1} würden nichts kosten: Ändern Sie zuerst ihre Aufpreise.",
        "The variant would cost nothing. What is given away has a price of 0.00.":
            "Die Variante würde nichts kosten. Was verschenkt wird, hat den Preis 0,00.",
        "Another variant of this product has these options.":
            "Eine andere Variante dieses Produkts hat schon diese Optionen.",
        "Each type of option may stand only once.": "Jede Art von Option darf nur einmal vorkommen.",
    ]

    /// Taxes, shipping, and the places that both are about.
    static let rates: [String: String] = [
        "There is a rate for this country, state and tax class already.":
            "Für dieses Land, diese Region und diese Steuerklasse gibt es schon einen Satz.",
        "\"{}\" is not a tax class; there are {}. A rate makes a new one.":
            "„{1}“ ist keine Steuerklasse; es gibt {2}. Ein Steuersatz legt eine neue an.",
        "A shipping method with this code already exists.": "Eine Versandart mit diesem Code gibt es schon.",
        "The price of shipping": "Der Preis des Versands",
        "Say of which country \"{}\" is a state: US-CA, not CA.":
            "Sagen Sie, zu welchem Land „{1}“ gehört: US-CA, nicht CA.",
        "This field is required: taxes or shipping in {} depend on the state.":
            "Dieses Feld muss ausgefüllt werden: Steuern oder Versand hängen in {1} von der Region ab.",
    ]
}
