/// Sentences about accounts: passwords, codes, e-mails.
extension Messages {
    static let account: [String: String] = [
        "This password is entirely numeric.": "Dieses Passwort besteht nur aus Ziffern.",
        "This password is too common.": "Dieses Passwort ist zu verbreitet.",
        "The password is too similar to the email address.": "Das Passwort ähnelt der E-Mail-Adresse zu sehr.",
        "The password is too similar to the first name.": "Das Passwort ähnelt dem Vornamen zu sehr.",
        "The password is too similar to the last name.": "Das Passwort ähnelt dem Nachnamen zu sehr.",
        "The password is too similar to the name.": "Das Passwort ähnelt dem Namen zu sehr.",
        "The code is not correct, or has been used.": "Der Code stimmt nicht oder wurde schon benutzt.",
        "This token is invalid or has expired.": "Dieser Code gilt nicht oder nicht mehr.",
        "This login has expired: begin again.": "Diese Anmeldung ist abgelaufen: Beginnen Sie neu.",
        "Two factors are on already.": "Die Zwei-Faktor-Anmeldung ist schon eingeschaltet.",
        "Begin to set two factors up first.": "Beginnen Sie zuerst, die Zwei-Faktor-Anmeldung einzurichten.",
        "Verify your email address first.": "Bestätigen Sie zuerst Ihre E-Mail-Adresse.",
        "This account is suspended.": "Dieses Konto ist gesperrt.",
        "This account is deactivated.": "Dieses Konto ist stillgelegt.",
        "A user with that email already exists.": "Es gibt schon ein Konto mit dieser E-Mail-Adresse.",
        "Addresses of this domain are not accepted.": "Adressen dieser Domain werden nicht angenommen.",
        "The service is busy. Try again soon.": "Der Shop ist beschäftigt. Versuchen Sie es gleich noch einmal.",
    ]

    static let accountPatterns: [Pattern] = [
        Pattern(head: "This password is too short. It must contain at least ", tail: " characters.") {
            "Dieses Passwort ist zu kurz. Es braucht mindestens \($0) Zeichen."
        },
        Pattern(head: "Request was throttled. Expected available in ", tail: " seconds.") {
            "Zu viele Versuche. In \($0) Sekunden geht es wieder."
        },
    ]
}
