import AdminPages
import Primitives

/// Sentences of the API in the reader's language: what is not known stays English.
enum Messages {
    static func text(_ sentence: String, in language: AdminLanguage) -> String {
        guard language == .german else { return sentence }
        return german[sentence] ?? system[sentence] ?? people[sentence]
            ?? patterns.lazy.compactMap { $0.applied(to: sentence) }.first ?? sentence
    }

    /// A sentence with one value in it.
    private struct Pattern: Sendable {
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
        Pattern(head: "This does not parse: ", tail: "") { "Das lässt sich nicht lesen: \($0)" },
        Pattern(head: "\"", tail: "\" is not a valid choice.") { "„\($0)“ steht nicht zur Auswahl." },
        Pattern(head: "Ensure that there are no more than ", tail: " decimal places.") {
            "Höchstens \($0) Nachkommastellen."
        },
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
        "The password is not correct.": "Das Passwort stimmt nicht.",
        "No active account found with the given credentials": "Diese E-Mail-Adresse oder dieses Passwort stimmt nicht.",
        "Service temporarily unavailable, try again later.": "Der Shop kann das gerade nicht. Versuchen Sie es gleich noch einmal.",
    ]
}
