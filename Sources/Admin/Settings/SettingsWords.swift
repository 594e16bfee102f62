import AdminPages
import Primitives

/// The texts of the settings' page.
enum SettingsWords {
    static let title = Phrase("Shop settings", "Shop-Einstellungen")
    static let introduction = Phrase(
        """
        Your account is made. Say what your shop is called, where it is and which currency it has; everything else \
        can wait, and all of it can be changed later but the currency.
        """,
        """
        Ihr Konto ist angelegt. Geben Sie an, wie Ihr Shop heißt, wo er sitzt und welche Währung er hat; alles \
        andere kann warten, und bis auf die Währung lässt sich alles später ändern.
        """
    )
    static let blank = Phrase(
        "Changes take effect at once. A field that you empty goes back to its default.",
        "Änderungen gelten sofort. Ein Feld, das Sie leeren, hat wieder seine Voreinstellung.")
    static let more = Phrase("More settings", "Weitere Einstellungen")
    static let savedForLater = Phrase(
        "Saved. It takes effect in a moment; if it does not, the log says why.",
        "Gespeichert. Es gilt gleich; wenn nicht, sagt das Protokoll, warum.")
    static let environment = Phrase("Set by the environment (%1).", "Von der Umgebung gesetzt (%1).")
    static let fixed = Phrase("This stays as it is: there are prices already.", "Das bleibt so: Es gibt schon Preise.")
    static let saved = Phrase("Saved here.", "Hier gespeichert.")
    static let standard = Phrase("Default: %1", "Voreinstellung: %1")
    static let nothing = Phrase("none", "keine Angabe")
    static let unset = Phrase("Default", "Voreinstellung")
    static let secretSet = Phrase("Set.", "Gesetzt.")
    static let secretEnds = Phrase("Set, ends in %1.", "Gesetzt, endet auf %1.")
    static let forget = Phrase("Remove it", "Entfernen")
    static let enterAgain = Phrase("Please enter this once more.", "Bitte geben Sie das noch einmal ein.")
    static let mailTitle = Phrase("Try the mail server", "Mailserver ausprobieren")
    static let mailHelp = Phrase(
        "Save first: the mail goes by the settings as they are saved.",
        "Speichern Sie vorher: Die Mail geht nach den gespeicherten Einstellungen.")
    static let mailTo = Phrase("Send a mail to", "Eine Mail senden an")
    static let mailSend = Phrase("Send a test mail", "Testmail senden")
    static let mailSent = Phrase("%2 has taken the mail to %1.", "%2 hat die Mail an %1 angenommen.")
    static let mailKept = Phrase(
        "There is no mail server: the mail to %1 is in the mailbox.",
        "Es gibt keinen Mailserver: Die Mail an %1 liegt im Postfach.")
    static let mailRefused = Phrase("%1 has not taken the mail: %2", "%1 hat die Mail nicht angenommen: %2")

    /// Returns a refusal in the reader's language; one that is not known stays as it is.
    static func refusal(_ sentence: String, in language: AdminLanguage) -> String {
        if let known = refusals[sentence] { return known.text(in: language) }
        if let range = sentence.after("This is not a whole number from ")?.before(".") {
            let ends = range.words.map { $0.isSame(as: "to") ? "–" : String($0) }
            return wholeNumber.text(in: language, ends.joined())
        }
        for (head, tail, phrase) in patterns {
            guard let value = sentence.after(head)?.before(tail) else { continue }
            return phrase.text(in: language, String(value))
        }
        return sentence
    }

    private static let wholeNumber = Phrase(
        "Enter a whole number: %1.", "Bitte geben Sie eine ganze Zahl an: %1.")

    private static let patterns: [(String, String, Phrase)] = [
        (
            "This holds what is no e-mail address: ", ".",
            Phrase("This is no e-mail address: %1", "Das ist keine E-Mail-Adresse: %1")
        ),
        (
            "This stays as it is: there are prices in ", " already.",
            Phrase(
                "This stays as it is: there are prices in %1 already.", "Das bleibt so: Es gibt schon Preise in %1.")
        ),
    ]

    private static let refusals: [String: Phrase] = [
        "This and EMAIL_USE_SSL exclude each other.": Phrase(
            "STARTTLS and TLS from the first byte exclude each other.",
            "STARTTLS und TLS von Anfang an schließen sich aus."),
        "This is no mail address.": Phrase(
            "Enter a valid email address.", "Bitte geben Sie eine gültige E-Mail-Adresse ein."),
        "This is needed with SMS_PROVIDER=twilio.": Phrase("Twilio needs this.", "Twilio braucht das."),
        "This is no currency code of ISO 4217.": Phrase("There is no such currency.", "Diese Währung gibt es nicht."),
        "This names no time zone of the machine (Debian's package tzdata has them).": Phrase(
            "The server does not know this time zone.", "Der Server kennt diese Zeitzone nicht."),
        "This is no IBAN with the right check digits.": Phrase(
            "The check digits of this IBAN are wrong.", "Die Prüfziffern dieser IBAN stimmen nicht."),
        "This is no BIC.": Phrase("This is no BIC.", "Das ist keine BIC."),
        "This is no http:// or https:// address.": Phrase(
            "Begin with http:// or https://.", "Beginnen Sie mit http:// oder https://."),
        "Leave out what follows the host.": Phrase(
            "Leave out what follows the host.", "Lassen Sie weg, was auf den Servernamen folgt."),
        "This value is out of range.": Phrase(
            "This value is out of range.", "Dieser Wert liegt außerhalb des Möglichen."),
        "Use a language tag, such as en or de.": Phrase(
            "Use a language tag, such as en or de.", "Bitte ein Sprachkürzel, etwa en oder de."),
        "Enter a host name, such as smtp.example.com.": Phrase(
            "Enter a host name, such as smtp.example.com.", "Bitte ein Servername, etwa smtp.example.com."),
        "Line breaks and control characters may not stand here.": Phrase(
            "Line breaks and control characters may not stand here.",
            "Zeilenumbrüche und Steuerzeichen dürfen hier nicht stehen."),
        "\";\" may not stand in an entry: it separates them.": Phrase(
            "A semicolon may not stand in a line.", "Ein Semikolon darf nicht in einer Zeile stehen."),
        "\",\" may not stand in an entry: it separates them.": Phrase(
            "Write one address a line.", "Bitte je Zeile eine Adresse."),
        "The environment sets this, and goes before what is saved.": Phrase(
            "The environment sets this.", "Das setzt die Umgebung."),
        "This stays as it is: there are prices already.": fixed,
    ]
}
