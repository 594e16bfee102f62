import AdminPages

/// The texts of a stocktake.
enum StocktakeWords {
    static let title = Phrase("Stocktake", "Inventur")
    static let bookTitle = Phrase("Book the differences", "Differenzen buchen")
    static let stock = Phrase("Stock", "Bestand")
    static let unknown = Phrase("Nothing has the SKU “%1”.", "Nichts hat die Artikelnummer „%1“.")
    static let noNumber = Phrase(
        "“%1” cannot be counted: enter a whole number from 0.",
        "„%1“ lässt sich nicht zählen: Geben Sie eine ganze Zahl ab 0 ein.")
    static let full = Phrase(
        "This sheet holds %1 things. Book the differences, then go on.",
        "Diese Liste fasst %1 Produkte. Buchen Sie die Differenzen, dann geht es weiter.")
    static let summary = Phrase("Counted: %1, differing: %2", "Gezählt: %1, abweichend: %2")
    static let bookThese = Phrase("Book the differences: %1", "Differenzen buchen: %1")
    static let booked = Phrase("Booked: %1. As expected: %2.", "Gebucht: %1. Wie erwartet: %2.")
    static let note = Phrase("Stocktake: %1 counted, %2 expected", "Inventur: %1 gezählt, %2 erwartet")

    /// Returns the texts that templates name as `t.…`.
    static func texts(in language: AdminLanguage) -> [String: String] {
        templateTexts.mapValues { $0.text(in: language) }
    }

    private static let templateTexts: [String: Phrase] = [
        "warehouse": Phrase("Warehouse", "Lager"),
        "code": Phrase("Scan or type a SKU", "Artikelnummer scannen oder eingeben"),
        "quantity": Phrase("Count", "Anzahl"),
        "quantityHelp": Phrase("Blank: one more.", "Leer: eins mehr."),
        "count": Phrase("Count", "Zählen"),
        "explanation": Phrase(
            "A scan counts one more. A number counts what there is in all, in place of what was counted before.",
            "Ein Scan zählt eins mehr. Eine Zahl zählt, was insgesamt da ist, und ersetzt, was vorher gezählt war."),
        "product": Phrase("Product", "Produkt"),
        "expected": Phrase("Expected", "Erwartet"),
        "counted": Phrase("Counted", "Gezählt"),
        "difference": Phrase("Difference", "Differenz"),
        "remove": Phrase("Remove", "Entfernen"),
        "list": Phrase("What was counted", "Was gezählt wurde"),
        "nothing": Phrase("Nothing was counted yet.", "Es wurde noch nichts gezählt."),
        "preview": bookTitle,
        "startOver": Phrase("Start over", "Neu beginnen"),
        "kept": Phrase(
            "This browser has kept a count that was not booked.",
            "Dieser Browser hat eine Zählung behalten, die nicht gebucht ist."),
        "goOn": Phrase("Go on with it", "Damit weitermachen"),
        "offline": Phrase(
            "The shop does not answer. What was scanned waits here: press Enter to try again.",
            "Der Shop antwortet nicht. Was gescannt wurde, wartet hier: Mit der Eingabetaste versuchen Sie es erneut."),
        "now": Phrase("On hand now", "Jetzt vorhanden"),
        "after": Phrase("Afterwards", "Danach"),
        "moved": Phrase("moved since", "seither bewegt"),
        "movedText": Phrase(
            "Something has moved since it was counted. The difference that was counted is booked on what is on hand now.",
            "Seit der Zählung hat sich etwas bewegt. Die gezählte Differenz wird auf das gebucht, was jetzt vorhanden ist."
        ),
        "noDifference": Phrase(
            "Everything is as expected; there is nothing to book.", "Alles ist wie erwartet, es gibt nichts zu buchen."),
        "back": Phrase("Back to counting", "Zurück zum Zählen"),
        "failed": Phrase("Not booked:", "Nicht gebucht:"),
        "failedHelp": Phrase(
            "These stay on the sheet: count them again or book them later.",
            "Diese bleiben auf der Liste: Zählen Sie sie erneut oder buchen Sie sie später."),
        "movements": Phrase("The corrections", "Die Korrekturen"),
    ]
}
