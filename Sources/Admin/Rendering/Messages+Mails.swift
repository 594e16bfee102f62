/// What mails, their templates and the addresses that get none refuse.
extension Messages {
    static let templates: [String: String] = [
        "There is no variable \"{}\".": "Es gibt keine Variable „{1}“.",
        "This does not parse: line {}": "Zeile {1} lässt sich nicht lesen.",
        "This does not parse: {}": "Das lässt sich nicht lesen: {1}",
        "The template's {} does not parse: {}": "Ein Teil der Vorlage lässt sich nicht lesen ({1}): {2}",
        "This does not render.": "Daraus lässt sich keine E-Mail machen.",
        "This says nothing.": "Das ergibt keinen Text.",
        "Values are always escaped in HTML: write {{{}}}.":
            "Werte werden in HTML immer geschützt: Schreiben Sie {{{1}}}.",
        "There are no partials and no blocks.": "Teilvorlagen und Blöcke gibt es nicht.",
        "The delimiters cannot be changed.": "Die Begrenzer lassen sich nicht ändern.",
        "The content type cannot be changed.": "Der Inhaltstyp lässt sich nicht ändern.",
        "There are no functions.": "Funktionen gibt es nicht.",
        "There is no mail template \"{}\".": "Eine Vorlage „{1}“ gibt es nicht.",
        "Type and language of a template stay as they are.": "Art und Sprache einer Vorlage bleiben, wie sie sind.",
        "An email template with this language already exists.": "Eine Vorlage in dieser Sprache gibt es schon.",
        "The text that the shop comes with cannot be switched off.":
            "Der mitgelieferte Text lässt sich nicht ausschalten.",
        "The shop comes with this template: it can be reset, and not deleted.":
            "Diese Vorlage wird mitgeliefert: Sie lässt sich zurücksetzen, aber nicht löschen.",
        "The shop does not come with this template: there is nothing to reset it to.":
            "Diese Vorlage wird nicht mitgeliefert: Es gibt nichts, auf das sie zurückgesetzt werden könnte.",
    ]

    static let mails: [String: String] = [
        "This mail held a code or a token that is not kept: its recipient has to ask for another.":
            "Diese E-Mail enthielt einen Code oder Link, der nicht aufgehoben wird: Der Empfänger muss einen neuen anfordern.",
        "This mail was a test: send another from its template.":
            "Diese E-Mail war ein Test: Senden Sie einen neuen von der Vorlage aus.",
        "The account of this mail's recipient is gone.": "Das Konto des Empfängers gibt es nicht mehr.",
        "This is no report on a delivery (RFC 3464).": "Das ist kein Zustellbericht (RFC 3464).",
        "Invalid data. Expected a dictionary.": "Hier gehören Namen mit Werten hin.",
        "A suppression with this email already exists.": "Diese Adresse ist schon gesperrt.",
    ]
}
