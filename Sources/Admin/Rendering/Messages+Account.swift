import AdminPages
import Primitives

/// Sentences about accounts: passwords, codes, e-mails, users and groups of staff.
extension Messages {
    static let account: [String: String] = [
        "No active account found with the given credentials": "Diese E-Mail-Adresse oder dieses Passwort stimmt nicht.",
        "The password is not correct.": "Das Passwort stimmt nicht.",
        "This password is entirely numeric.": "Dieses Passwort besteht nur aus Ziffern.",
        "This password is too common.": "Dieses Passwort ist zu verbreitet.",
        "This password is too short. It must contain at least {} characters.":
            "Dieses Passwort ist zu kurz. Es braucht mindestens {1} Zeichen.",
        "The password is too similar to the {}.": "Das Passwort ähnelt den Angaben zur Person zu sehr.",
        "The password is too similar to the email address.": "Das Passwort ähnelt der E-Mail-Adresse zu sehr.",
        "The password is too similar to the first name.": "Das Passwort ähnelt dem Vornamen zu sehr.",
        "The password is too similar to the last name.": "Das Passwort ähnelt dem Nachnamen zu sehr.",
        "The password is too similar to the name.": "Das Passwort ähnelt dem Namen zu sehr.",
        "The code is not correct, or has been used.": "Der Code stimmt nicht oder wurde schon benutzt.",
        "This token is invalid or has expired.": "Dieser Code gilt nicht oder nicht mehr.",
        "Token is invalid or expired": "Ihre Anmeldung gilt nicht mehr. Bitte melden Sie sich erneut an.",
        "This login has expired: begin again.": "Diese Anmeldung ist abgelaufen: Beginnen Sie neu.",
        "This account has a password already: change it instead.":
            "Dieses Konto hat schon ein Passwort: Ändern Sie es stattdessen.",
        "Two factors are on already.": "Die Zwei-Faktor-Anmeldung ist schon eingeschaltet.",
        "Two factors are not on.": "Die Zwei-Faktor-Anmeldung ist nicht eingeschaltet.",
        "Begin to set two factors up first.": "Beginnen Sie zuerst, die Zwei-Faktor-Anmeldung einzurichten.",
        "Enter a fresh code of your second factor.": "Geben Sie einen neuen Code Ihres zweiten Faktors ein.",
        "Log in again to do this.": "Melden Sie sich dafür erneut an.",
        "Verify your email address first.": "Bestätigen Sie zuerst Ihre E-Mail-Adresse.",
        "This account is suspended.": "Dieses Konto ist gesperrt.",
        "This account is deactivated.": "Dieses Konto ist stillgelegt.",
        "A user with that email already exists.": "Es gibt schon ein Konto mit dieser E-Mail-Adresse.",
        "A user with that username already exists.": "Es gibt schon ein Konto mit diesem Benutzernamen.",
        "Addresses of this domain are not accepted.": "Adressen dieser Domain werden nicht angenommen.",
        "Use letters, digits and . _ - only, and not digits alone.":
            "Nur Buchstaben, Ziffern sowie . _ - sind erlaubt, und nicht Ziffern allein.",
        "Enter a currency code.": "Geben Sie einen Währungscode an, etwa EUR.",
        "Enter the name of a time zone.": "Geben Sie den Namen einer Zeitzone an, etwa Europe/Berlin.",
        "You cannot do this to your own account.": "Mit Ihrem eigenen Konto geht das nicht.",
        "The shop has an administrator already.": "Der Shop hat schon einen Administrator.",
        "A group with this name already exists.": "Eine Gruppe mit diesem Namen gibt es schon.",
        "An unknown device": "Ein unbekanntes Gerät",
        "An unknown browser on {}": "Ein unbekannter Browser unter {1}",
    ]

    private static let browserOnSystem = Pattern("{} on {}", "{1} unter {2}")

    /// Returns what the shop calls the device of a session, in a language.
    static func device(_ name: String, in language: AdminLanguage) -> String {
        let words = Self.text(name, in: language)
        guard language == .german, words.isSame(as: name) else { return words }
        return browserOnSystem.german(for: name) ?? name
    }
}
