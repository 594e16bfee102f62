import AdminPages

/// The texts of charts and reports, and of fields that name many rows.
extension Words {
    static let chartSummary = Phrase(
        "%1 values from %2 to %3, all of them in the table.", "%1 Werte von %2 bis %3, alle stehen in der Tabelle.")
    static let groupedBy = Phrase("By", "Nach")
    static let drawn = Phrase("Drawn", "Gezeichnet")
    static let showReport = Phrase("Show", "Anzeigen")
    static let sums = Phrase("Sums", "Summen")
    static let tooManyPoints = Phrase(
        "Too many lines to draw: choose longer stretches of time.",
        "Zu viele Zeilen zum Zeichnen: Wählen Sie längere Zeiträume.")
    static let inCSV = Phrase("and %1 more, all of them in the CSV", "und %1 weitere, alle stehen in der CSV-Datei")
    static let drawnFirst = Phrase("%1, the first %2", "%1, die ersten %2")
    static let photo = Phrase("Full size", "In voller Größe")
    static let addRow = Phrase("Add another one", "Weitere hinzufügen")
}
