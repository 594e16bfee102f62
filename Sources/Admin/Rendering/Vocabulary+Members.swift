import AdminPages
import Primitives

/// What members of requests are called where a refusal names one that is no field of its form.
extension Vocabulary {
    /// Returns the place within a request for readers of a language: `items.2.quantity`, or „Positionen 2, Menge“.
    static func place(_ path: String, in language: AdminLanguage) -> String {
        guard language == .german else { return path }
        var words = ""
        for part in path.cut(at: ".") {
            let name = members[String(part)] ?? String(part)
            let isNumber = name.unicodeScalars.allSatisfy { (0x30...0x39).contains($0.value) }
            words += (words.isEmpty ? "" : isNumber ? " " : ", ") + name
        }
        return words
    }

    private static let members: [String: String] = [
        "address_type": "Art der Adresse", "alt_text": "Beschreibung des Bildes", "amount": "Betrag",
        "bank_account": "Bankkonto", "category": "Kategorie", "code": "Code", "configuration": "Zugangsdaten",
        "context": "Werte", "country": "Land", "dimensions": "Maße", "document": "Unterlage", "email": "E-Mail",
        "file": "Datei", "from": "Von", "gateway": "Zahlungsanbieter", "height": "Höhe", "id": "Kennung",
        "image": "Bild",
        "is_active": "Aktiv", "items": "Positionen", "language": "Sprache", "length": "Länge", "lines": "Zeilen",
        "message": "Datei für die Bank", "name": "Name", "new_password": "Neues Passwort", "note": "Notiz",
        "options": "Optionen", "order_item_id": "Position", "orders": "Bestellungen",
        "parent": "Übergeordnete Kategorie",
        "password": "Passwort", "price": "Preis", "price_adjustment": "Aufpreis", "product": "Produkt",
        "product_id": "Produkt", "profile": "Profil", "quantity": "Menge", "reason": "Grund", "sku": "Artikelnummer",
        "slug": "Slug", "state": "Region", "states": "Regionen", "status": "Status", "stock_quantity": "Bestand",
        "supported_currencies": "Währungen", "tax_class": "Steuerklasse", "to_warehouse_id": "Ziellager",
        "topics": "Themen",
        "until": "Bis", "user": "Konto", "value": "Wert", "variant": "Variante", "variant_id": "Variante",
        "variants": "Varianten", "vendor": "Händler", "version": "Version", "warehouse": "Lager",
        "warehouse_id": "Lager",
        "weight": "Gewicht", "width": "Breite",
    ]
}
