import AdminPages

/// The texts of sections that are edited.
enum SectionWords {
    static let nothingChanged = Phrase("Nothing was changed.", "Es wurde nichts geändert.")
    static let gone = Phrase("%1: deleted by somebody else meanwhile.", "%1: inzwischen von jemand anderem gelöscht.")
    static let nameless = Phrase("Name this in the heading.", "Benennen Sie das in der Überschrift.")
    static let newRow = Phrase("new row %1", "neue Zeile %1")
    static let picture = Phrase("Picture %1", "Bild %1")
    static let addPictures = Phrase("Add pictures", "Bilder hinzufügen")
    static let firstIsMain = Phrase(
        "Several at once; the first becomes the main picture. They are added once the rest is saved.",
        "Auch mehrere auf einmal; das erste wird das Hauptbild. Sie kommen hinzu, sobald der Rest gespeichert ist.")
    static let chooseAgain = Phrase("Please choose the pictures again.", "Bitte wählen Sie die Bilder noch einmal aus.")
    static let madeWithout = Phrase(
        "Everything else was saved. These pictures were not added:",
        "Alles andere wurde gespeichert. Diese Bilder kamen nicht hinzu:")
    static let noFile = Phrase("No file was chosen.", "Es wurde keine Datei ausgewählt.")
    static let partlySaved = Phrase("Saved: %1. Not saved:", "Gespeichert: %1. Nicht gespeichert:")
    static let notSaved = Phrase("Not saved:", "Nicht gespeichert:")

    /// Returns the texts that templates name as `s.…`.
    static func all(in language: AdminLanguage) -> [String: String] {
        language == .german ? german : english
    }

    private static let english = templateTexts.mapValues(\.english)
    private static let german = templateTexts.mapValues(\.german)

    private static let templateTexts: [String: Phrase] = [
        "save": Phrase("Save", "Speichern"),
        "delete": Phrase("Delete", "Löschen"),
        "addRow": Phrase("Add a row", "Zeile hinzufügen"),
        "checkCells": Phrase("Please check the marked cells.", "Bitte prüfen Sie die markierten Felder."),
        "upload": Phrase("Upload", "Hochladen"),
        "addPictures": addPictures,
        "dropHere": Phrase(
            "Several at once; they can be dropped here.", "Auch mehrere auf einmal; sie lassen sich hier ablegen."),
        "drag": Phrase("Drag to another place", "An einen anderen Platz ziehen"),
        "first": Phrase("Main picture", "Hauptbild"),
        "makeFirst": Phrase("Make it the main picture", "Zum Hauptbild machen"),
        "earlier": Phrase("Move forward", "Nach vorn"),
        "later": Phrase("Move back", "Nach hinten"),
        "noPictures": Phrase("No pictures yet.", "Noch keine Bilder."),
        "noRows": Phrase("Nothing here yet.", "Noch nichts da."),
        "unsaved": Phrase(
            "Another part of this page holds changes that are not saved and would be lost. Go on?",
            "Ein anderer Teil dieser Seite enthält ungespeicherte Änderungen, die verloren gingen. Fortfahren?"),
    ]
}
