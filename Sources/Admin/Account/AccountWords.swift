import AdminPages

/// The texts of the pages about the reader's own account, and of those by which a forgotten password is chosen anew.
enum AccountWords {
    static let title = Phrase("Your account", "Ihr Konto")
    static let email = Phrase("E-mail", "E-Mail")
    static let emailState = Phrase("Confirmed", "Bestätigt")
    static let role = Phrase("Role", "Rolle")
    static let nameAndLanguage = Phrase("Name and language", "Name und Sprache")
    static let firstName = Phrase("First name", "Vorname")
    static let lastName = Phrase("Last name", "Nachname")
    static let language = Phrase("Language of mails to you", "Sprache der E-Mails an Sie")
    static let password = Phrase("Password", "Passwort")
    static let sessions = Phrase("Sessions", "Sitzungen")
    static let twoFactor = Phrase("Two factors", "Zwei Faktoren")
    static let twoFactorOn = Phrase(
        "On: signing in asks for a code beside the password.",
        "Eingeschaltet: Die Anmeldung verlangt neben dem Passwort einen Code.")
    static let twoFactorOff = Phrase(
        "Off: the password alone opens your account.", "Ausgeschaltet: Das Passwort allein öffnet Ihr Konto.")
    static let needsEmail = Phrase(
        "Confirm your e-mail address first.", "Bestätigen Sie zuerst Ihre E-Mail-Adresse.")
    static let codesLeft = Phrase("Backup codes left: %1 of %2.", "Verbleibende Ersatzcodes: %1 von %2.")

    static let changeEmail = Phrase("Change the e-mail", "E-Mail ändern")
    static let newEmail = Phrase("New e-mail", "Neue E-Mail")
    static let emailExplanation = Phrase(
        "The new address gets a mail that asks to confirm it, and the old one is told.",
        "Die neue Adresse erhält eine E-Mail zur Bestätigung, die alte eine Mitteilung.")
    static let emailChanged = Phrase(
        "Saved. Confirm the new address with the code from the mail.",
        "Gespeichert. Bestätigen Sie die neue Adresse mit dem Code aus der E-Mail.")

    static let confirmEmail = Phrase("Confirm the e-mail", "E-Mail bestätigen")
    static let mailedCode = Phrase("Code from the mail", "Code aus der E-Mail")
    static let mailedCodeHelp = Phrase(
        "The link in the mail ends in it.", "Der Link in der E-Mail endet damit.")
    static let emailConfirmed = Phrase("Your e-mail address is confirmed.", "Ihre E-Mail-Adresse ist bestätigt.")
    static let sendMail = Phrase("Send the mail again", "E-Mail erneut senden")
    static let mailSent = Phrase(
        "A mail with a code is on its way.", "Eine E-Mail mit einem Code ist unterwegs.")

    static let changePassword = Phrase("Change the password", "Passwort ändern")
    static let passwordExplanation = Phrase(
        "All your other sessions end.", "Alle Ihre anderen Sitzungen werden beendet.")
    static let oldPassword = Phrase("Current password", "Bisheriges Passwort")
    static let newPassword = Phrase("New password", "Neues Passwort")
    static let newPasswordHelp = Phrase("At least 8 characters.", "Mindestens 8 Zeichen.")
    static let repeatPassword = Phrase("New password again", "Neues Passwort wiederholen")
    static let notTheSame = Phrase(
        "The two new passwords differ.", "Die beiden neuen Passwörter stimmen nicht überein.")
    static let passwordChanged = Phrase("Your password is changed.", "Ihr Passwort ist geändert.")

    static let turnOn = Phrase("Turn two factors on", "Zwei Faktoren einschalten")
    static let turnOnExplanation = Phrase(
        "You need an app that makes codes on your telephone, such as Aegis, Google Authenticator or a password manager.",
        "Sie brauchen eine App, die auf Ihrem Telefon Codes erzeugt, etwa Aegis, Google Authenticator oder einen "
            + "Passwortmanager.")
    static let begin = Phrase("Begin", "Beginnen")
    static let firstCode = Phrase("Code from the app", "Code aus der App")
    static let firstCodeHelp = Phrase(
        "Six digits that change every 30 seconds.", "Sechs Ziffern, alle 30 Sekunden neue.")
    static let tryAgain = Phrase(
        "Enter the code that the app shows now. If the app does not have this account yet, go back and begin again.",
        "Geben Sie den Code ein, den die App jetzt zeigt. Kennt die App dieses Konto noch nicht, gehen Sie zurück und beginnen "
            + "Sie neu.")
    static let qrCode = Phrase("QR code for the app", "QR-Code für die App")
    static let turnOff = Phrase("Turn two factors off", "Zwei Faktoren ausschalten")
    static let turnOffExplanation = Phrase(
        "The password alone opens your account then.", "Danach öffnet das Passwort allein Ihr Konto.")
    static let turnedOff = Phrase("Two factors are off.", "Zwei Faktoren sind ausgeschaltet.")

    static let codes = Phrase("Backup codes", "Ersatzcodes")
    static let newCodes = Phrase("Make new backup codes", "Neue Ersatzcodes erzeugen")
    static let newCodesExplanation = Phrase(
        "The former codes open nothing any more then.", "Die bisherigen Codes gelten danach nicht mehr.")

    static let forgotten = Phrase("Forgot your password?", "Passwort vergessen?")
    static let linkSent = Phrase(
        "If there is an account of this address, a mail with a link is on its way. The link is good for an hour.",
        "Gibt es ein Konto mit dieser Adresse, ist eine E-Mail mit einem Link unterwegs. Der Link gilt eine Stunde.")
    static let choosePassword = Phrase("Choose a new password", "Neues Passwort wählen")
    static let passwordChosen = Phrase(
        "Your new password is set. Sign in with it.", "Ihr neues Passwort gilt. Melden Sie sich damit an.")
    static let linkOver = Phrase(
        "This link is not good any more: it was used, or is too old.",
        "Dieser Link gilt nicht mehr: Er wurde schon benutzt oder ist zu alt.")

    /// Returns the texts that templates name as `t.…`.
    static func texts(in language: AdminLanguage) -> [String: String] {
        templateTexts.mapValues { $0.text(in: language) }
    }

    private static let templateTexts: [String: Phrase] = [
        "scan": Phrase(
            "Scan this picture with the app, or type the key into it.",
            "Scannen Sie dieses Bild mit der App, oder geben Sie den Schlüssel dort ein."),
        "key": Phrase("Key", "Schlüssel"),
        "qrCode": qrCode,
        "firstCode": firstCode,
        "firstCodeHelp": firstCodeHelp,
        "turnOn": turnOn,
        "codesText": Phrase(
            "Each of these codes signs you in once, where you do not have your telephone. They are shown this once: print them, or "
                + "note them down and keep them in a safe place.",
            "Mit jedem dieser Codes melden Sie sich einmal an, wenn Sie Ihr Telefon nicht haben. Sie werden nur dieses eine Mal "
                + "gezeigt: Drucken oder notieren Sie sie, und bewahren Sie sie sicher auf."),
        "print": Phrase("Print", "Drucken"),
        "kept": Phrase("I have kept them", "Ich habe sie aufbewahrt"),
        "forgotText": Phrase(
            "Enter the e-mail of your account. A mail with a link to choose a new password is sent there.",
            "Geben Sie die E-Mail-Adresse Ihres Kontos ein. Dorthin geht eine E-Mail mit einem Link, um ein neues Passwort zu "
                + "wählen."),
        "sendLink": Phrase("Send the link", "Link senden"),
        "mailedCode": mailedCode,
        "mailedCodeHelp": mailedCodeHelp,
        "newPassword": newPassword,
        "newPasswordHelp": newPasswordHelp,
        "repeatPassword": repeatPassword,
        "setPassword": Phrase("Set the password", "Passwort setzen"),
        "anotherLink": Phrase("Get another link", "Neuen Link anfordern"),
    ]
}
