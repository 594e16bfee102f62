/// What jobs and webhooks refuse, and why webhooks fail.
extension Messages {
    static let system: [String: String] = [
        "This job has not given up: it will be done anyway.":
            "Dieser Job ist nicht gescheitert: Er wird ohnehin erledigt.",
        "Another job does the same by now.": "Inzwischen tut ein anderer Job dasselbe.",
        "This job runs at the moment.": "Dieser Job läuft gerade.",
    ]

    static let webhooks: [String: String] = [
        "This webhook is switched off.": "Dieser Webhook ist ausgeschaltet.",
        "What this event held has been cleared away.": "Die Daten dieses Ereignisses sind schon gelöscht.",
        "Name at least one topic.": "Wählen Sie mindestens ein Thema.",
        "\"{}\" is no topic.": "„{1}“ ist kein Thema.",
        "The address is not public.": "Diese Adresse ist nicht öffentlich erreichbar.",
        "Enter a URL that begins with https:// or http://.": "Eine Adresse beginnt mit https:// oder http://.",
        "A URL of a webhook has no fragment.": "Die Adresse eines Webhooks hat keinen Teil hinter #.",
        "A URL of a webhook has no user name and no password.":
            "Die Adresse eines Webhooks enthält weder Benutzernamen noch Passwort.",
        "The receiver has answered 410 Gone.": "Der Empfänger hat mit 410 Gone geantwortet.",
        "Nothing has been delivered for 5 days.": "Seit 5 Tagen wurde nichts zugestellt.",
    ]

    /// Why a webhook was not delivered.
    static let undelivered: [String: String] = [
        "what the event held has been cleared away": "Die Daten des Ereignisses sind schon gelöscht",
        "the secret does not open under this SECRET_KEY": "Das Geheimnis lässt sich mit diesem SECRET_KEY nicht lesen",
        "the URL cannot be called": "Die Adresse lässt sich nicht aufrufen",
        "the host's name has no address": "Der Servername hat keine Adresse",
        "the host cannot be reached": "Der Server ist nicht erreichbar",
        "no secure connection": "Keine sichere Verbindung",
        "no answer in time": "Keine rechtzeitige Antwort",
        "the answer's headers are too long": "Die Kopfzeilen der Antwort sind zu lang",
        "the answer is no HTTP": "Die Antwort ist kein HTTP",
        "the connection ended without an answer": "Die Verbindung endete ohne Antwort",
        "the address is not public": "Die Adresse ist nicht öffentlich erreichbar",
        "the call could not be made": "Der Aufruf war nicht möglich",
    ]
}
