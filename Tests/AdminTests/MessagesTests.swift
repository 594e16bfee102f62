import AdminPages
import Testing

@testable import Admin

/// Sentences of the API in German.
@Suite struct MessagesTests {
    @Test(arguments: [
        ("Not found.", "Nicht gefunden."),
        ("Ensure this field has no more than 40 characters.", "Höchstens 40 Zeichen."),
        ("Ensure this value is less than or equal to 99.50.", "Höchstens 99,50."),
        ("Only 2 of part 17 were announced.", "Von Position 17 sind nur 2 angekündigt."),
        (
            "The order is shipped and cannot become pending. Allowed: delivered, returned.",
            "Die Bestellung hat den Status „Versandt“ und kann nicht „Ausstehend“ werden. Möglich: Zugestellt, Zurückgegeben."
        ),
        (
            "The order is cancelled and cannot become shipped. Allowed: nothing.",
            "Die Bestellung hat den Status „Storniert“ und kann nicht „Versandt“ werden. Möglich: Nichts."
        ),
        (
            "The order's total is out of range.",
            "Die Summe der Bestellung liegt außerhalb dessen, womit der Shop rechnet."
        ),
        ("Paid by paypal.", "Bezahlt über PayPal."),
        ("Return 7 was approved.", "Rücksendung 7: Freigegeben."),
        ("5.00 is still to be paid.", "5,00 sind noch zu zahlen."),
        ("This does not parse: line 3", "Zeile 3 lässt sich nicht lesen."),
        ("This does not parse: no end", "Das lässt sich nicht lesen: no end"),
        (
            "Values are always escaped in HTML: write {{name}}.",
            "Werte werden in HTML immer geschützt: Schreiben Sie {{name}}."
        ),
        ("There is no variable \"{2}\".", "Es gibt keine Variable „{2}“."),
        (
            "There is no column \"prise\". Is \"price\" meant? The columns are sku, price. Rename it or take it out.",
            "Eine Spalte „prise“ gibt es nicht. Meinen Sie „price“? Die Spalten sind sku, price. Benennen Sie sie um, oder nehmen Sie sie heraus."
        ),
        (
            "2 categories are called \"Zwei\". Write the slug of one of them: zwei, zwei-2.",
            "2 Kategorien heißen „Zwei“. Nennen Sie den Slug von einer davon: zwei, zwei-2."
        ),
        (
            "The picture cannot be fetched: the address is not public.",
            "Das Bild lässt sich nicht abrufen: Die Adresse ist nicht öffentlich erreichbar."
        ),
    ])
    func `a sentence is German with its values in their places`(_ english: String, _ german: String) {
        #expect(Messages.text(english, in: .german) == german)
        #expect(Messages.text(english, in: .english) == english)
    }

    @Test(arguments: [
        "The rest is still to be paid.", "Return label was lost.", "Import from Leipzig", "A note of ours.", "", "{}",
    ])
    func `what people wrote stays as it is`(_ note: String) {
        #expect(Messages.text(note, in: .german) == note)
    }

    @Test func `a mark behind a piece of a sentence makes it another one`() {
        let marked = "Ensure this field has no more than\u{301} 40 characters."
        #expect(Messages.text(marked, in: .german) == marked)
    }

    @Test func `a device is named by what runs on it`() {
        #expect(Messages.device("Firefox 130 on Linux", in: .german) == "Firefox 130 unter Linux")
        #expect(Messages.device("An unknown browser on Linux", in: .german) == "Ein unbekannter Browser unter Linux")
        #expect(Messages.device("curl", in: .german) == "curl")
        #expect(Messages.device("Firefox 130 on Linux", in: .english) == "Firefox 130 on Linux")
    }

    @Test(arguments: [
        ("items.2.quantity", "Positionen 2, Menge"), ("2.quantity", "2, Menge"), ("slug", "Slug"), ("x.1", "x 1"),
    ])
    func `a place within a request has German words`(_ path: String, _ german: String) {
        #expect(Vocabulary.place(path, in: .german) == german)
        #expect(Vocabulary.place(path, in: .english) == path)
    }

    @Test func `an account of the ledger has words, whoever's it is`() {
        #expect(Vocabulary.phrase(for: "receivable") == Phrase("Receivable", "Forderungen"))
        #expect(
            Vocabulary.phrase(for: "clearing:cod") == Phrase("Held by: Cash on delivery", "Guthaben bei: Nachnahme"))
        #expect(Vocabulary.phrase(for: "payable:5") == Phrase("Owed to vendor 5", "Schuld bei Händler 5"))
    }
}
