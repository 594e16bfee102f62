/// Sentences about stock and warehouses.
extension Messages {
    static let stock: [String: String] = [
        "Nothing has this SKU.": "Nichts hat diese Artikelnummer.",
        "This product has variants; name the one that is meant.":
            "Dieses Produkt hat Varianten; nennen Sie die, die gemeint ist.",
        "Each product or variant may stand only once.": "Jedes Produkt und jede Variante darf nur einmal dastehen.",
        "This list may not be empty.": "Diese Liste darf nicht leer sein.",
        "Ensure this value is not 0.": "Der Wert darf nicht 0 sein.",
        "This warehouse does not exist.": "Dieses Lager gibt es nicht.",
        "Name another warehouse than the one the goods come from.":
            "Nennen Sie ein anderes Lager als das, aus dem die Ware kommt.",
        "This is the default warehouse; make another one the default first.":
            "Das ist das Standardlager; machen Sie zuerst ein anderes dazu.",
        "Stock has been kept in this warehouse; deactivate it instead.":
            "In diesem Lager lag schon Ware; schalten Sie es stattdessen ab.",
    ]

    static let stockPatterns = [
        Pattern(head: "Only ", tail: " can be taken away; the rest is reserved for orders.") {
            "Nur \($0) lassen sich wegnehmen; der Rest ist für Bestellungen reserviert."
        },
        Pattern(head: "", tail: " in this warehouse are reserved for orders.") {
            "\($0) in diesem Lager sind für Bestellungen reserviert."
        },
    ]
}
