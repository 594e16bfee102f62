import AdminPages

/// What the shop refuses before it looks at what was asked: who asks, how often, in which form.
extension Messages {
    static let requests: [String: String] = [
        Words.signedInAgain.english: Words.signedInAgain.german,
        "Not found.": "Nicht gefunden.",
        "Invalid page.": "Diese Seite gibt es nicht.",
        "You do not have permission to perform this action.": "Sie haben nicht das Recht, das zu tun.",
        "This address may not do this.": "Von dieser Netzadresse aus ist das nicht erlaubt.",
        "Authentication credentials were not provided.": "Bitte melden Sie sich an.",
        "Given token not valid for any token type": "Ihre Anmeldung gilt nicht mehr. Bitte melden Sie sich erneut an.",
        "Invalid HTTP_HOST header.": "Unter dieser Adresse ist der Shop nicht zu erreichen.",
        "Internal server error.": "Im Shop ist ein Fehler aufgetreten.",
        "Service temporarily unavailable, try again later.":
            "Der Shop kann das gerade nicht. Versuchen Sie es gleich noch einmal.",
        "The service is busy. Try again soon.": "Der Shop ist beschäftigt. Versuchen Sie es gleich noch einmal.",
        "The shop is busy; try again in a moment.": "Der Shop ist beschäftigt. Versuchen Sie es gleich noch einmal.",
        "Other exports are being made. Try again in a moment.":
            "Es werden gerade andere Exporte erstellt. Versuchen Sie es gleich noch einmal.",
        "Request was throttled. Expected available in {} seconds.":
            "Zu viele Versuche. In {1} Sekunden geht es wieder.",
        "Request was throttled. Expected available in {} second.": "Zu viele Versuche. In {1} Sekunde geht es wieder.",
        "The resource has been changed since it was read.": "Das wurde inzwischen von jemand anderem geändert.",
        "An Idempotency-Key has 1 to 255 printable ASCII characters.":
            "Das Formular ist beschädigt. Laden Sie die Seite neu und senden Sie es noch einmal.",
        "This Idempotency-Key was used with another request.":
            "Dieses Formular wurde schon mit anderen Angaben gesendet. Laden Sie die Seite neu.",
        "A request with this Idempotency-Key is still running.":
            "Diese Eingabe wird noch verarbeitet. Versuchen Sie es gleich noch einmal.",
        "The request with this Idempotency-Key was done; its answer cannot be read any more.":
            "Diese Eingabe wurde ausgeführt; was der Shop darauf geantwortet hat, ist nicht mehr lesbar.",
    ]

    /// Requests that are malformed or too large.
    static let forms: [String: String] = [
        "Malformed request.": "Die Anfrage ist nicht lesbar.",
        "Malformed path.": "Diese Adresse ist nicht lesbar.",
        "Malformed query.": "Was in der Adresse hinter dem Fragezeichen steht, ist nicht lesbar.",
        "The URL is too long.": "Die Adresse ist zu lang.",
        "Request body exceeds the limit of {} bytes.": "Erlaubt sind höchstens {1} Bytes.",
        "The request body did not arrive in time.": "Die Übertragung hat zu lange gedauert.",
        "The request body is incomplete.": "Die Übertragung ist abgebrochen.",
        "Method \"{}\" not allowed.": "Das geht unter dieser Adresse nicht ({1}).",
        "Unsupported media type \"{}\" in request.": "Daten der Art „{1}“ nimmt der Shop hier nicht an.",
        "JSON parse error - {}": "Das ist kein lesbares JSON.",
        "JSON parse error - {} at byte {}": "Das ist kein lesbares JSON, vom {2:number}. Byte an.",
        "Multipart form parse error - {}": "Das Formular ist nicht lesbar.",
    ]
}
