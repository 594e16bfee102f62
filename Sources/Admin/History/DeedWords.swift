import AdminPages
import Primitives

/// The words for what was done where no button and no form has one.
enum DeedWords {
    static let history = Phrase("History", "Verlauf")
    static let created = Phrase("created", "angelegt")
    static let changed = Phrase("changed", "geändert")
    static let deleted = Phrase("deleted", "gelöscht")
    static let added = Phrase("added", "hinzugefügt")
    static let removed = Phrase("removed", "entfernt")
    static let done = Phrase("done", "ausgeführt")
    static let read = Phrase("read", "gelesen")

    /// Returns what a call is called by its method and the last word of its path.
    static func fallback(_ method: String, _ template: String) -> Phrase {
        let parts = template.cut(at: "/", keepsEmpty: false)
        guard let last = parts.last, !last.begins(with: "{") else { return verb(method) }
        let word = last.replacing { $0 == "-" ? "_" : nil }
        if let known = words[word] { return known }
        return method == "DELETE" ? deleted : Vocabulary.phrase(for: word) ?? verb(method)
    }

    private static func verb(_ method: String) -> Phrase {
        switch method {
        case "DELETE": deleted
        case "PUT", "PATCH": changed
        case "GET": read
        default: done
        }
    }

    private static let words: [String: Phrase] = [
        "adjust": Phrase("stock corrected", "Bestand korrigiert"),
        "adjustments": Phrase("balance corrected", "Guthaben korrigiert"),
        "approve": Phrase("approved", "freigegeben"),
        "cancel": Phrase("canceled", "storniert"),
        "cancel_rest": Phrase("rest canceled", "Rest storniert"),
        "capture": Phrase("captured", "eingezogen"),
        "complete": Phrase("completed", "abgeschlossen"),
        "deliver": Phrase("delivered", "zugestellt"),
        "export": Phrase("exported", "exportiert"),
        "fail": Phrase("marked as failed", "als gescheitert vermerkt"),
        "groups": Phrase("groups changed", "Gruppen geändert"),
        "image": Phrase("picture changed", "Bild geändert"),
        "images": Phrase("picture added", "Bild hinzugefügt"),
        "imports": Phrase("table imported", "Tabelle importiert"),
        "logo": Phrase("logo changed", "Logo geändert"),
        "mailbox": Phrase("mailbox emptied", "Postfach geleert"),
        "move": Phrase("moved", "verschoben"),
        "notes": Phrase("note written", "Notiz geschrieben"),
        "payment": Phrase("payment noted", "Zahlung vermerkt"),
        "preview": Phrase("looked at before it is saved", "vor dem Speichern angesehen"),
        "process": Phrase("payouts made", "Auszahlungen erstellt"),
        "receipts": Phrase("delivery booked", "Wareneingang gebucht"),
        "receive": Phrase("received", "eingegangen"),
        "reconcile": Phrase("bank’s answer read", "Antwort der Bank gelesen"),
        "refund": Phrase("refunded", "erstattet"),
        "reopen": Phrase("reopened", "wieder geöffnet"),
        "reset": Phrase("reset", "zurückgesetzt"),
        "reset_2fa": Phrase("second factor taken off", "zweiter Faktor entfernt"),
        "resend": Phrase("sent again", "erneut gesendet"),
        "resolve": Phrase("resolved", "erledigt"),
        "retry": Phrase("tried again", "erneut versucht"),
        "retry_dead": Phrase("all that failed tried again", "alles Gescheiterte erneut versucht"),
        "rotate_secret": Phrase("secret changed", "Geheimnis geändert"),
        "reject": Phrase("rejected", "abgelehnt"),
        "replay": Phrase("sent again", "erneut gesendet"),
        "respond": Phrase("answered", "beantwortet"),
        "returns": Phrase("return noted", "Rücksendung vermerkt"),
        "settings": Phrase("settings changed", "Einstellungen geändert"),
        "shipments": Phrase("parcel sent", "Paket versandt"),
        "staff": Phrase("invitation sent", "Einladung gesendet"),
        "status": Phrase("status changed", "Status geändert"),
        "suspend": Phrase("suspended", "gesperrt"),
        "test": Phrase("tested", "getestet"),
        "test_mail": Phrase("test mail sent", "Testmail gesendet"),
        "transfer": Phrase("stock moved", "Bestand umgelagert"),
        "unsuspend": Phrase("suspension lifted", "Sperre aufgehoben"),
        "variants": Phrase("variant added", "Variante hinzugefügt"),
        "verify": Phrase("in order", "in Ordnung"),
        "webhooks": Phrase("webhooks changed", "Webhooks geändert"),
    ]
}
