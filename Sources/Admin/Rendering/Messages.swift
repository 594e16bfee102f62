import AdminPages
import Primitives

/// Sentences of the API in the reader's language: what is not known stays English.
enum Messages {
    static func text(_ sentence: String, in language: AdminLanguage) -> String {
        // Pages have percentages where the API has fractions.
        if sentence.begins(with: "A rate is a fraction of 1") { return Words.percentage.text(in: language) }
        guard language == .german else { return sentence }
        return german[sentence] ?? system[sentence] ?? people[sentence] ?? stock[sentence] ?? account[sentence]
            ?? (patterns + stockPatterns + accountPatterns).lazy.compactMap { $0.applied(to: sentence) }.first
            ?? sentence
    }

    /// A sentence with one value in it.
    struct Pattern: Sendable {
        let head: String
        let tail: String
        let german: @Sendable (String) -> String

        func applied(to sentence: String) -> String? {
            guard let rest = sentence.after(head), let value = rest.before(tail) else { return nil }
            return german(String(value))
        }
    }

    private static let patterns: [Pattern] = [
        Pattern(head: "Ensure this field has no more than ", tail: " characters.") { "Höchstens \($0) Zeichen." },
        Pattern(head: "Ensure this field has at least ", tail: " characters.") { "Mindestens \($0) Zeichen." },
        Pattern(head: "Ensure this value is less than or equal to ", tail: ".") { "Höchstens \($0)." },
        Pattern(head: "Ensure this value is greater than or equal to ", tail: ".") { "Mindestens \($0)." },
        Pattern(head: "There is no variable \"", tail: "\".") { "Es gibt keine Variable „\($0)“." },
        Pattern(head: "This does not parse: line ", tail: "") { "Zeile \($0) lässt sich nicht lesen." },
        Pattern(head: "This does not parse: ", tail: "") { "Das lässt sich nicht lesen: \($0)" },
        Pattern(head: "\"", tail: "\" is not a valid choice.") { "„\($0)“ steht nicht zur Auswahl." },
        Pattern(head: "Ensure that there are no more than ", tail: " decimal places.") {
            "Höchstens \($0) Nachkommastellen."
        },
        Pattern(head: "Ensure this field has no more than ", tail: " elements.") { "Höchstens \($0) Einträge." },
        Pattern(head: "Request body exceeds the limit of ", tail: " bytes.") { "Erlaubt sind höchstens \($0) Bytes." },
        Pattern(head: "Only ", tail: " are left to ship.") { "Es sind nur noch \($0) zu versenden." },
        Pattern(head: "Only ", tail: " have not left.") { "Nur \($0) sind noch nicht versandt." },
        Pattern(head: "Only ", tail: " can be sent back.") { "Nur \($0) können zurückgesandt werden." },
        Pattern(head: "Only ", tail: " can be refunded.") { "Nur \($0) können erstattet werden." },
        Pattern(head: "At most ", tail: " can be captured.") { "Höchstens \($0) können eingezogen werden." },
        Pattern(head: "At most ", tail: " can be refunded.") { "Höchstens \($0) können erstattet werden." },
        Pattern(head: "The order comes to ", tail: ".") { "Zu zahlen sind \($0)." },
    ]

    private static let german = [
        "This field is required.": "Dieses Feld muss ausgefüllt werden.",
        "This field may not be blank.": "Dieses Feld darf nicht leer sein.",
        "This field may not be null.": "Dieses Feld darf nicht leer sein.",
        "A valid number is required.": "Bitte geben Sie eine Zahl ein.",
        "A valid integer is required.": "Bitte geben Sie eine ganze Zahl ein.",
        "Enter a valid email address.": "Bitte geben Sie eine gültige E-Mail-Adresse ein.",
        "Enter a valid URL.": "Bitte geben Sie eine gültige Webadresse ein.",
        "Not a valid string.": "Das ist kein gültiger Text.",
        "Not found.": "Nicht gefunden.",
        "You do not have permission to perform this action.": "Sie haben nicht das Recht, das zu tun.",
        "This address may not do this.": "Von dieser Netzadresse aus ist das nicht erlaubt.",
        "A request with this Idempotency-Key is still running.":
            "Diese Eingabe wird noch verarbeitet. Versuchen Sie es gleich noch einmal.",
        "The password is not correct.": "Das Passwort stimmt nicht.",
        "No file was submitted.": "Es wurde keine Datei gewählt.",
        "This list may not be empty.": "Wählen Sie mindestens einen Eintrag.",
        "Each line may stand only once.": "Jede Zeile darf nur einmal vorkommen.",
        "Say what goes back into stock.": "Geben Sie an, welche Ware ins Lager zurückkommt.",
        "The order has been paid already.": "Die Bestellung ist schon bezahlt.",
        "The order has been paid.": "Die Bestellung ist bezahlt.",
        "The order is canceled.": "Die Bestellung ist storniert.",
        "The time in which this order could be sent back is over.":
            "Die Rückgabefrist dieser Bestellung ist abgelaufen.",
        "The shipping of this order has been refunded with another return.":
            "Die Versandkosten dieser Bestellung wurden mit einer anderen Rücksendung erstattet.",
        "This payment is being started. Please try again in a moment.":
            "Diese Zahlung wird gerade begonnen. Versuchen Sie es gleich noch einmal.",
        "The shop is busy; try again in a moment.": "Der Shop ist beschäftigt. Versuchen Sie es gleich noch einmal.",
        "Nothing of these orders has been sent, and nothing is to be sent.":
            "Von diesen Bestellungen ist nichts versandt und nichts zu versenden.",
        "No active account found with the given credentials": "Diese E-Mail-Adresse oder dieses Passwort stimmt nicht.",
        "Service temporarily unavailable, try again later.":
            "Der Shop kann das gerade nicht. Versuchen Sie es gleich noch einmal.",
    ]
}
