/// What the shop’s settings refuse.
extension Messages {
    static let settings: [String: String] = [
        "The environment sets this, and goes before what is saved.":
            "Das ist in der Umgebung des Servers gesetzt, und die geht vor.",
        "This stays as it is: there are prices already.": "Das bleibt, wie es ist: Es gibt schon Preise.",
        "This stays as it is: there are prices in {} already.": "Das bleibt, wie es ist: Es gibt schon Preise in {1}.",
        "Use a language tag, such as en or de.": "Geben Sie einen Sprachcode an, etwa de oder en.",
        "Leave out what follows the host.": "Lassen Sie weg, was nach dem Servernamen kommt.",
        "Enter a host name, such as smtp.example.com.": "Geben Sie einen Servernamen an, etwa smtp.example.com.",
        "\"{}\" may not stand in an entry: it separates them.":
            "„{1}“ darf in einem Eintrag nicht vorkommen: Es trennt die Einträge.",
        "Line breaks and control characters may not stand here.":
            "Zeilenumbrüche und Steuerzeichen sind hier nicht erlaubt.",
    ]

    /// Settings that do not fit together or that a room cannot use.
    static let unfit: [String: String] = [
        "This is not a whole number from {} to {}.": "Das ist keine ganze Zahl von {1} bis {2}.",
        "This is neither true nor false.": "Wählen Sie Ja oder Nein.",
        "This is no currency code of ISO 4217.": "Das ist kein Währungscode nach ISO 4217.",
        "This names no time zone of the machine (Debian's package tzdata has them).":
            "Diese Zeitzone kennt der Server nicht.",
        "This holds what is no e-mail address: {}.": "Darin steht etwas, das keine E-Mail-Adresse ist: {1}.",
        "This is no mail address.": "Das ist keine E-Mail-Adresse.",
        "This and EMAIL_USE_SSL exclude each other.": "STARTTLS und TLS von Anfang an schließen einander aus.",
        "This is needed with SMS_PROVIDER=twilio.": "Das wird für SMS über Twilio gebraucht.",
        "This is neither mailbox nor twilio.": "Möglich sind der eingebaute Postkasten und Twilio.",
        "This is no fraction of 1: write 0.10, not 10.": "Geben Sie einen Prozentsatz zwischen 0 und 100 an.",
        "This is no IBAN with the right check digits.": "Das ist keine IBAN mit der richtigen Prüfziffer.",
        "This is no BIC.": "Das ist keine BIC.",
    ]
}
