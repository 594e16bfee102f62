import AdminPages

/// The texts of the first page.
enum DashboardWords {
    static let orders = Phrase("Orders", "Bestellungen")
    static let revenue = Phrase("Revenue", "Umsatz")
    static let average = Phrase("Average order", "Durchschnittliche Bestellung")
    static let today = Phrase("Today, %1", "Heute, %1")
    static let weekAgo = Phrase("%1 on %2", "%1 am %2")
    static let byDay = Phrase("Revenue by day, the last 30 days", "Umsatz nach Tagen, die letzten 30 Tage")
    static let units = Phrase("%1 sold", "%1 verkauft")
    static let left = Phrase("%1 left", "noch %1")
    static let allOfThese = Phrase("Show all %1", "Alle %1 anzeigen")
    static let done = Phrase("Done", "Erledigt")
    static let open = Phrase("To do", "Offen")

    /// Returns the texts that the template names as `t.…`.
    static func texts(in language: AdminLanguage) -> [String: String] {
        templateTexts.mapValues { $0.text(in: language) }
    }

    private static let templateTexts: [String: Phrase] = [
        "wholeDay": Phrase(
            "Compared with the whole of the same day a week ago.",
            "Verglichen mit dem ganzen selben Tag vor einer Woche."),
        "table": Phrase("As a table", "Als Tabelle"),
        "day": Phrase("Day", "Tag"),
        "orders": orders,
        "revenue": revenue,
        "noSales": Phrase("Nothing was sold in the last 30 days.", "In den letzten 30 Tagen wurde nichts verkauft."),
        "statuses": Phrase("Orders by status", "Bestellungen nach Status"),
        "best": Phrase("Best sellers of the last 7 days", "Meistverkauft in den letzten 7 Tagen"),
        "noBest": Phrase("Nothing was sold in the last 7 days.", "In den letzten 7 Tagen wurde nichts verkauft."),
        "low": Phrase("Low stock", "Niedriger Bestand"),
        "noLow": Phrase("Nothing runs low.", "Nichts wird knapp."),
        "noLevels": Phrase(
            "No product has a level at which it counts as low.", "Für kein Produkt ist ein Meldebestand gesetzt."),
        "setLevels": Phrase(
            "Set the levels on the page of a product’s stock",
            "Meldebestände auf der Bestandsseite eines Produkts setzen"),
        "waiting": Phrase("Waits for someone", "Das wartet auf jemanden"),
        "noWaiting": Phrase("Nothing waits.", "Nichts wartet."),
        "setup": Phrase("Your first steps", "Ihre ersten Schritte"),
        "setupText": Phrase(
            "There are no orders yet. This is what a shop needs before the first one can come.",
            "Es gibt noch keine Bestellungen. Das braucht ein Shop, bevor die erste kommen kann."),
        "nothing": Phrase(
            "What you see here depends on your permissions: so far they show nothing on this page. The menu leads to what "
                + "you may do.",
            "Was hier steht, hängt von Ihren Rechten ab: Bisher zeigen sie auf dieser Seite nichts. Das Menü führt zu dem, was "
                + "Sie tun dürfen."),
    ]
}
