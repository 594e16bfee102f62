/// Sentences about stock and warehouses.
extension Messages {
    static let stock: [String: String] = [
        "Nothing has this SKU.": "Nichts hat diese Artikelnummer.",
        "This product has variants; name the one that is meant.":
            "Dieses Produkt hat Varianten; nennen Sie die, die gemeint ist.",
        "Each product or variant may stand only once.": "Jedes Produkt und jede Variante darf nur einmal dastehen.",
        "This warehouse does not exist.": "Dieses Lager gibt es nicht.",
        "Name another warehouse than the one the goods come from.":
            "Nennen Sie ein anderes Lager als das, aus dem die Ware kommt.",
        "This is the default warehouse; make another one the default first.":
            "Das ist das Standardlager; machen Sie zuerst ein anderes dazu.",
        "Stock has been kept in this warehouse; deactivate it instead.":
            "In diesem Lager lag schon Ware; schalten Sie es stattdessen ab.",
        "A warehouse with this code already exists.": "Ein Lager mit diesem Code gibt es schon.",
        "There is not enough stock for this order.": "Für diese Bestellung reicht der Bestand nicht.",
        "No stock is reserved for this order.": "Für diese Bestellung ist kein Bestand reserviert.",
        "Out of range: a warehouse holds at most {} pieces of one thing.":
            "Ein Lager fasst höchstens {1} Stück von einer Sache.",
        "Only {} can be taken away; the rest is reserved for orders.":
            "Nur {1} lassen sich wegnehmen; der Rest ist für Bestellungen reserviert.",
        "{} in this warehouse are reserved for orders.": "{1} in diesem Lager sind für Bestellungen reserviert.",
    ]
}
