/// What fields of every kind refuse.
extension Messages {
    static let fields: [String: String] = [
        "This field is required.": "Dieses Feld muss ausgefüllt werden.",
        "This field may not be blank.": "Dieses Feld darf nicht leer sein.",
        "This field may not be null.": "Dieses Feld darf nicht leer sein.",
        "A valid number is required.": "Bitte geben Sie eine Zahl ein.",
        "A valid integer is required.": "Bitte geben Sie eine ganze Zahl ein.",
        "Enter a valid email address.": "Bitte geben Sie eine gültige E-Mail-Adresse ein.",
        "Enter a valid URL.": "Bitte geben Sie eine gültige Webadresse ein.",
        "Enter a valid phone number.": "Bitte geben Sie eine gültige Telefonnummer ein.",
        "Not a valid string.": "Das ist kein gültiger Text.",
        "Must be a valid boolean.": "Wählen Sie Ja oder Nein.",
        "Null characters are not allowed.": "Null-Zeichen sind nicht erlaubt.",
        "This value is out of range.": "Dieser Wert liegt außerhalb des erlaubten Bereichs.",
        "{} is out of range.": "{1:sentence} liegt außerhalb dessen, womit der Shop rechnet.",
        "An amount": "Ein Betrag",
        "A value": "Ein Wert",
        "This list may not be empty.": "Wählen Sie mindestens einen Eintrag.",
        "Ensure this value is not 0.": "Der Wert darf nicht 0 sein.",
        "Ensure this value is greater than 0.": "Der Wert muss größer als 0 sein.",
        "Ensure this value is less than or equal to {}.": "Höchstens {1:amount}.",
        "Ensure this value is greater than or equal to {}.": "Mindestens {1:amount}.",
        "Ensure this field has no more than {} characters.": "Höchstens {1} Zeichen.",
        "Ensure this field has at least {} characters.": "Mindestens {1} Zeichen.",
        "Ensure this field has no more than {} elements.": "Höchstens {1} Einträge.",
        "Ensure that there are no more than {} decimal places.": "Höchstens {1} Nachkommastellen.",
        "Ensure that there are no more than {} decimal places and the amount is in range.":
            "Höchstens {1} Nachkommastellen, und der Betrag ist zu groß oder zu klein.",
        "\"{}\" is not a valid choice.": "„{1}“ steht nicht zur Auswahl.",
        "Invalid pk \"{}\" - object does not exist.": "Den Eintrag „{1}“ gibt es nicht.",
        "Invalid pk - object does not exist.": "Diesen Eintrag gibt es nicht.",
        "\"{}\" is not a valid country code of ISO 3166-1 alpha-2.":
            "„{1}“ ist kein Ländercode aus zwei Buchstaben (ISO 3166-1).",
        "\"{}\" is not a state, province or region of {}: give its name or its code of ISO 3166-2.":
            "„{1}“ ist kein Bundesland, keine Provinz oder Region von {2}: Geben Sie den Namen oder den Code nach ISO 3166-2 an.",
        "Enter a valid code of letters, numbers, underscores or hyphens.":
            "Ein Code besteht aus Buchstaben, Ziffern, Unter- und Bindestrichen.",
        "Enter a valid slug: words of lower-case letters and digits, with hyphens between them.":
            "Ein Slug besteht aus Wörtern in Kleinbuchstaben und Ziffern, mit Bindestrichen dazwischen.",
        "Enter a language tag.": "Geben Sie einen Sprachcode an, etwa de oder en.",
        "Each line may stand only once.": "Jede Zeile darf nur einmal vorkommen.",
        "Expected a dictionary of items but got type \"{}\".":
            "Hier gehören Namen mit Werten hin, gesendet wurde „{1}“.",
        "Expected a list of items but got type \"{}\".": "Hier gehört eine Liste hin, gesendet wurde „{1}“.",
        "Invalid data. Expected a dictionary, but got {}.": "Hier gehören Namen mit Werten hin, gesendet wurde „{1}“.",
    ]

    /// Days, moments and spans of time.
    static let moments: [String: String] = [
        "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].":
            "Bitte geben Sie Tag und Uhrzeit an, etwa 2030-12-24T18:00.",
        "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.":
            "Bitte geben Sie einen Tag an, etwa 2030-12-24.",
        "Invalid datetime for the timezone \"{}\".": "Diese Uhrzeit gibt es in der Zeitzone {1} an dem Tag nicht.",
        "Enter a date in the past.": "Geben Sie einen vergangenen Tag an.",
        "This has to be later than valid_from.": "Das muss nach dem Beginn liegen.",
        "This has to be later than from.": "Das muss nach dem Beginn liegen.",
        "This has to be no earlier than period_start.": "Das darf nicht vor dem ersten Tag liegen.",
        "This has to be no earlier than from.": "Das darf nicht vor dem ersten Tag liegen.",
        "A report covers {} days at most.": "Ein Bericht umfasst höchstens {1} Tage.",
        "The sum of these sales": "Die Summe dieser Verkäufe",
    ]
}
