import AdminPages
import HTTPTypes
import Templates

/// The texts that all pages share.
enum Words {
    static let frontTitle = Phrase("Here is a shop", "Hier ist ein Shop")
    static let yes = Phrase("Yes", "Ja")
    static let no = Phrase("No", "Nein")
    static let any = Phrase("Any", "Alle")
    static let new = Phrase("New %1", "%1 anlegen")
    static let created = Phrase("Created: %1.", "Angelegt: %1.")
    static let saved = Phrase("Saved.", "Gespeichert.")
    static let deleted = Phrase("%1 deleted.", "%1 gelöscht.")
    static let delete = Phrase("Delete", "Löschen")
    static let deletes = Phrase(
        "“%1” will be deleted. This cannot be undone.", "„%1“ wird gelöscht. Das lässt sich nicht rückgängig machen.")
    static let deleteTitle = Phrase("Delete %1?", "%1 löschen?")
    static let done = Phrase("Done: %1.", "Erledigt: %1.")
    static let undo = Phrase("Undo", "Rückgängig machen")
    static let back = Phrase("Back", "Zurück")
    static let noneChosen = Phrase("Nothing was chosen.", "Es war nichts ausgewählt.")
    static let concerns = Phrase("Rows concerned: %1", "Betroffene Einträge: %1")
    static let firstOnes = Phrase(
        "There are more: these are the first ones. Do the rest afterwards.",
        "Es gibt noch mehr: dies sind die ersten. Die übrigen folgen danach in einem eigenen Schritt.")
    static let othersAsTheyAre = Phrase(
        "To %1 more there is nothing to do.", "Bei %1 weiteren ist nichts zu tun.")
    static let percentage = Phrase(
        "Enter a percentage between 0 and 100.", "Geben Sie einen Prozentsatz zwischen 0 und 100 an.")
    static let unclearNumber = Phrase(
        "This may be %1 or %2. Write it without a mark for thousands.",
        "Das kann %1 oder %2 sein. Schreiben Sie die Zahl ohne Tausendertrennzeichen.")
    static let nothingToDo = Phrase("There is nothing to do to these rows.", "Bei diesen Einträgen ist nichts zu tun.")
    static let notUndone = Phrase(
        "%1 of them are not taken back: they were something else before.",
        "%1 davon werden nicht zurückgenommen: Sie waren vorher etwas anderes.")
    static let doneFor = Phrase("Done for %1.", "Erledigt für %1.")
    static let moreRows = Phrase("and %1 more", "und %1 weitere")
    static let noSuchRow = Phrase("Nothing is found by this.", "Dazu findet sich nichts.")
    static let rowsNotSearched = Phrase(
        "This could not be looked up at the moment.", "Das ließ sich gerade nicht nachschlagen.")
    static let severalSuchRows = Phrase(
        "Several fit: choose one, or enter more of it.",
        "Mehrere passen: Wählen Sie einen Eintrag aus, oder geben Sie mehr davon an.")
    static let example = Phrase(
        "What is there now as such a file, as an example", "Der jetzige Stand als solche Datei, als Beispiel")
    static let oneALine = Phrase("One a line.", "Je Zeile einer.")
    static let starsOfFive = Phrase("%1 of 5 stars", "%1 von 5 Sternen")
    static let secretEnds = Phrase("Set, ends in %1.", "Gesetzt, endet auf %1.")
    static let secretKept = Phrase(
        "Leave blank to keep what is set.", "Leer lassen, um den gesetzten Wert zu behalten.")
    static let nothingLeft = Phrase("There is nothing to choose.", "Es gibt nichts auszuwählen.")
    static let noQuantity = Phrase("Enter one at least.", "Geben Sie mindestens eine Anzahl ein.")
    static let tooMany = Phrase("At most %1 at once.", "Höchstens %1 auf einmal.")
    static let changedMeanwhile = Phrase(
        "Somebody else has changed this meanwhile. Look at your entries and save again to put them over theirs.",
        "Jemand anderes hat das inzwischen geändert. Prüfen Sie Ihre Angaben und speichern Sie erneut, um sie darüberzuschreiben."
    )
    static let sentBefore = Phrase(
        "This form was sent before, with other entries, and that was done. Press the button again to send this as well.",
        "Dieses Formular wurde schon einmal mit anderen Angaben gesendet und ausgeführt. Drücken Sie die Schaltfläche erneut, um auch dies zu senden."
    )
    static let confirmYourself = Phrase(
        "Please confirm that it is you. Your entries are kept.",
        "Bitte bestätigen Sie, dass Sie es sind. Ihre Angaben bleiben erhalten.")
    static let password = Phrase("Your password", "Ihr Passwort")
    static let code = Phrase("Code", "Code")
    static let codeHelp = Phrase(
        "From your authenticator, or a backup code.", "Aus Ihrer Authenticator-App, oder ein Ersatzcode.")
    static let codeTitle = Phrase("Second factor", "Zweiter Faktor")
    static let signIn = Phrase("Sign in", "Anmelden")
    static let onlyStaff = Phrase(
        "This account does not work for the shop.", "Dieses Konto gehört nicht zum Personal des Shops.")
    static let notStaff = Phrase(
        "You have signed in with an account that does not work for the shop, or does not any more. Sign out to sign in with "
            + "another one.",
        "Sie sind mit einem Konto angemeldet, das nicht oder nicht mehr zum Personal des Shops gehört. Melden Sie sich ab, "
            + "um sich mit einem anderen anzumelden.")
    static let noAdministrator = Phrase(
        "The shop has no administrator who may sign in.",
        "Der Shop hat keinen Administrator, der sich anmelden kann.")
    static let welcome = Phrase("Welcome", "Willkommen")
    static let wrongSetupCode = Phrase(
        "That is not the code that the program printed when it started.",
        "Das ist nicht der Code, den das Programm beim Start ausgegeben hat.")
    static let dashboard = Phrase("Overview", "Übersicht")
    static let preview = Phrase("Preview", "Vorschau")
    static let search = Phrase("Search", "Suche")
    static let sessions = Phrase("Your sessions", "Ihre Sitzungen")
    static let sessionEnded = Phrase("The session has ended.", "Die Sitzung ist beendet.")
    static let sessionOver = Phrase(
        "Your session has ended. Sign in again: what you typed is kept, but for passwords and files.",
        "Ihre Sitzung ist beendet. Melden Sie sich wieder an: Ihre Angaben bleiben erhalten, außer Passwörtern und Dateien."
    )
    static let sessionOverTooLong = Phrase(
        "Your session has ended, and what you typed is too long to be kept here. Sign in in another tab, go back to the form "
            + "in this one, and send it again.",
        "Ihre Sitzung ist beendet, und Ihre Angaben sind zu lang, um sie hier aufzuheben. Melden Sie sich in einem anderen Tab "
            + "an, gehen Sie in diesem zum Formular zurück und senden Sie es noch einmal.")
    static let signedIn = Phrase("Signed in", "Angemeldet")
    static let signedInAgain = Phrase(
        "You have signed in anew since you opened this form. Your entries are kept, but for passwords and files: check them and "
            + "send the form again.",
        "Sie haben sich neu angemeldet, seit Sie dieses Formular geöffnet haben. Ihre Angaben sind erhalten, außer Passwörtern "
            + "und Dateien: Prüfen Sie sie und senden Sie das Formular noch einmal.")
    static let typedByAnother = Phrase(
        "What was typed belongs to another account, and is not shown.",
        "Die Angaben gehören zu einem anderen Konto und werden nicht gezeigt.")
    static let noPage = Phrase("There is no such page.", "Diese Seite gibt es nicht.")
    static let forgedForm = Phrase(
        "This form has expired. Go back, load the page again, and send it once more.",
        "Dieses Formular ist abgelaufen. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.")

    static func title(of area: AdminArea) -> Phrase {
        switch area {
        case .sales: Phrase("Sales", "Verkauf")
        case .catalog: Phrase("Catalog", "Sortiment")
        case .people: Phrase("People", "Personen")
        case .marketing: Phrase("Marketing", "Marketing")
        case .settings: Phrase("Settings", "Einstellungen")
        case .system: Phrase("System", "System")
        }
    }

    /// Returns what a refusal of a status says where the endpoint says nothing more.
    static func reason(of status: HTTPResponse.Status) -> Phrase {
        switch status.code {
        case 401: Phrase("Please sign in again.", "Bitte melden Sie sich erneut an.")
        case 403: Phrase("You may not do this.", "Das dürfen Sie nicht.")
        case 404: Phrase("There is nothing here.", "Hier ist nichts.")
        case 409: Phrase("That does not go now.", "Das geht jetzt nicht.")
        case 412: changedMeanwhile
        case 413: Phrase("That is too large.", "Das ist zu groß.")
        case 429: Phrase("Too many tries. Wait a moment.", "Zu viele Versuche. Warten Sie einen Moment.")
        case 400, 415, 422: Phrase("That could not be read.", "Das ließ sich nicht lesen.")
        default: Phrase("The shop cannot do this at the moment.", "Der Shop kann das gerade nicht.")
        }
    }

    /// Returns the texts that templates name as `w.…`.
    static func all(in language: AdminLanguage) -> [String: String] {
        language == .german ? german : english
    }

    /// Returns these texts as templates read them, made once: each page has them.
    static func members(in language: AdminLanguage) -> PageMembers {
        language == .german ? germanMembers : englishMembers
    }

    private static let englishMembers = PageMembers(english)
    private static let germanMembers = PageMembers(german)

    private static let english = templateTexts.mapValues(\.english)
    private static let german = templateTexts.mapValues(\.german)

    private static let templateTexts: [String: Phrase] = [
        "skip": Phrase("Skip to content", "Zum Inhalt springen"),
        "frontText": Phrase(
            "This is a shop's own server. Its pages for shoppers stand elsewhere, and are made of its API.",
            "Dies ist der Server eines Shops. Seine Seiten für Kunden stehen anderswo und werden aus seiner API gemacht."
        ),
        "frontAdmin": Phrase("The admin, for who works for the shop", "Die Verwaltung, für alle, die im Shop arbeiten"),
        "frontDocs": Phrase("The API, for who builds on it", "Die API, für alle, die auf ihr aufbauen"),
        "frontProducts": Phrase("What the shop sells, as JSON", "Was der Shop verkauft, als JSON"),
        "frontNew": Phrase(
            "Nobody runs this shop yet: the program printed a link that makes its first administrator.",
            "Diesen Shop betreibt noch niemand: Das Programm hat einen Link ausgegeben, der das erste Konto anlegt."),
        "menu": Phrase("Menu", "Menü"),
        "search": search,
        "filters": Phrase("Filters", "Filter"),
        "searchHint": Phrase("Order, e-mail, SKU, product (/)", "Bestellung, E-Mail, SKU, Produkt (/)"),
        "overview": dashboard,
        "signOut": Phrase("Sign out", "Abmelden"),
        "signIn": signIn,
        "sessions": sessions,
        "account": AccountWords.title,
        "forgot": AccountWords.forgotten,
        "times": Phrase("Times are in", "Zeiten in der Zone"),
        "email": Phrase("E-mail", "E-Mail"),
        "password": Phrase("Password", "Passwort"),
        "newPassword": Phrase("Password, at least 8 characters", "Passwort, mindestens 8 Zeichen"),
        "code": code,
        "codeHelp": codeHelp,
        "setupCode": Phrase("Setup code", "Einrichtungscode"),
        "setupHelp": Phrase(
            "The program printed it when it started, with a link to this page.",
            "Das Programm hat ihn beim Start ausgegeben, mit einem Link auf diese Seite."),
        "welcomeText": Phrase(
            "Your shop runs and has no administrator yet. Make your account to begin.",
            "Ihr Shop läuft und hat noch keinen Administrator. Legen Sie Ihr Konto an, um zu beginnen."),
        "begin": Phrase("Make the account", "Konto anlegen"),
        "showTyped": Phrase("Show my entries", "Meine Angaben anzeigen"),
        "beFirst": Phrase("Make an administrator", "Administrator anlegen"),
        "save": Phrase("Save", "Speichern"),
        "preview": preview,
        "cancel": Phrase("Cancel", "Abbrechen"),
        "delete": delete,
        "filter": Phrase("Filter", "Filtern"),
        "clear": Phrase("Clear filters", "Filter zurücksetzen"),
        "columns": Phrase("Columns", "Spalten"),
        "apply": Phrase("Apply", "Anwenden"),
        "perPage": Phrase("Entries a page", "Einträge je Seite"),
        "csv": Phrase("CSV", "CSV"),
        "rows": Phrase("entries", "Einträge"),
        "row": Phrase("entry", "Eintrag"),
        "first": Phrase("First", "Erste"),
        "previous": Phrase("Previous", "Vorige"),
        "next": Phrase("Next", "Nächste"),
        "lastPage": Phrase("Last", "Letzte"),
        "pages": Phrase("Pages", "Seiten"),
        "sort": Phrase("Sort by", "Sortieren nach"),
        "select": Phrase("Select", "Auswählen"),
        "selectAll": Phrase("Select all on this page", "Alle dieser Seite auswählen"),
        "allFound": Phrase("Everything that the filters find", "Alle Einträge, die die Filter finden"),
        "withSelected": Phrase("With the selected", "Mit den ausgewählten"),
        "go": Phrase("Preview", "Vorschau"),
        "empty": Phrase("Nothing here yet.", "Noch nichts da."),
        "noMatch": Phrase("Nothing matches these filters.", "Nichts passt zu diesen Filtern."),
        "actions": Phrase("Actions", "Aktionen"),
        "documents": Phrase("Documents", "Dokumente"),
        "nothing": Phrase("none", "keine Angabe"),
        "errors": Phrase("This could not be saved:", "Das ließ sich nicht speichern:"),
        "checkFields": Phrase("Please check the marked fields.", "Bitte prüfen Sie die markierten Felder."),
        "required": Phrase("required", "Pflichtfeld"),
        "current": Phrase("this one", "diese hier"),
        "end": Phrase("End", "Beenden"),
        "device": Phrase("Device", "Gerät"),
        "address": Phrase("Address", "Adresse"),
        "signedIn": Phrase("Signed in", "Angemeldet"),
        "lastSeen": Phrase("Last seen", "Zuletzt aktiv"),
        "once": Phrase(
            "Note this down: it is shown this once.", "Notieren Sie das: Es wird nur dieses eine Mal gezeigt."),
        "failed": Phrase("Not done", "Nicht erledigt"),
        "nothingFound": Phrase("Nothing was found.", "Es wurde nichts gefunden."),
    ]
}
