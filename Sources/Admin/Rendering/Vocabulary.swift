import AdminPages
import Primitives

/// The words of the wire in the languages of the admin, and how badges of them look.
enum Vocabulary {
    /// Returns a word in each language: a known one's own, else the word with blanks for its underscores.
    static func phrase(for word: String) -> Phrase? {
        let more: Phrase? = people[word] ?? ofTables[word] ?? mails[word] ?? permissions[word]
        if let known = known[word] ?? more ?? programs[word] ?? account(word) { return known }
        guard !word.isEmpty, word.unicodeScalars.allSatisfy(\.isPlainWord) else { return nil }
        let text = word.replacing { $0 == "_" ? " " : nil }
        let capital = text.prefix(scalars: 1).uppercased() + String(text.unicodeScalars.dropFirst())
        return Phrase(capital, capital)
    }

    /// Returns the class of a badge: `good`, `warn`, `bad` or `plain`.
    static func tone(of word: String) -> String {
        if good.contains(word) { return "good" }
        if waiting.contains(word) { return "warn" }
        return bad.contains(word) ? "bad" : "plain"
    }

    private static let good: Set<String> = [
        "paid", "delivered", "completed", "approved", "active", "succeeded", "captured", "sent", "verified", "received",
        "refunded", "won", "done", "processed", "authorized",
    ]
    private static let waiting: Set<String> = [
        "pending", "requested", "processing", "partially_refunded", "partially_paid", "partially_shipped", "ready",
        "running", "requires_action", "needs_response", "under_review", "deferred", "parked", "unpaid", "queued",
        "open", "low_stock", "overstock",
    ]
    private static let bad: Set<String> = [
        "cancelled", "failed", "rejected", "suspended", "dead", "bounced", "lost", "expired", "suppressed", "declined",
        "error", "out_of_stock",
    ]

    private static let known: [String: Phrase] = [
        "low_stock": Phrase("Low stock", "Niedriger Bestand"),
        "out_of_stock": Phrase("Out of stock", "Nichts verfügbar"),
        "overstock": Phrase("Overstock", "Überbestand"),
        "pending": Phrase("Pending", "Ausstehend"),
        "confirmed": Phrase("Confirmed", "Bestätigt"),
        "processing": Phrase("Processing", "In Bearbeitung"),
        "shipped": Phrase("Shipped", "Versandt"),
        "partially_shipped": Phrase("Partly shipped", "Teilweise versandt"),
        "delivered": Phrase("Delivered", "Zugestellt"),
        "cancelled": Phrase("Canceled", "Storniert"),
        "refunded": Phrase("Refunded", "Erstattet"),
        "partially_refunded": Phrase("Partly refunded", "Teilweise erstattet"),
        "returned": Phrase("Returned", "Zurückgegeben"),
        "paid": Phrase("Paid", "Bezahlt"),
        "unpaid": Phrase("Unpaid", "Unbezahlt"),
        "partially_paid": Phrase("Partly paid", "Teilweise bezahlt"),
        "authorized": Phrase("Authorized", "Autorisiert"),
        "captured": Phrase("Captured", "Eingezogen"),
        "succeeded": Phrase("Succeeded", "Erfolgreich"),
        "completed": Phrase("Completed", "Abgeschlossen"),
        "failed": Phrase("Failed", "Fehlgeschlagen"),
        "partial": Phrase("Partly", "Teilweise"),
        "full": Phrase("In full", "Vollständig"),
        "none": Phrase("None", "Keine"),
        "nothing": Phrase("Nothing", "Nichts"),
        "under_review": Phrase("Under review", "In Prüfung"),
        "done": Phrase("Done", "Erledigt"),
        "ignored": Phrase("Ignored", "Ohne Belang"),
        "create": Phrase("Begin", "Beginnen"),
        "authorize": Phrase("Authorize", "Autorisieren"),
        "capture": Phrase("Capture", "Einziehen"),
        "void": Phrase("Cancel", "Abbrechen"),
        "automatic": Phrase("By itself", "Automatisch"),
        "live": Phrase("Live", "Echtbetrieb"),
        "card": Phrase("Card", "Karte"),
        "paypal": Phrase("PayPal", "PayPal"),
        "stripe": Phrase("Stripe", "Stripe"),
        "razorpay": Phrase("Razorpay", "Razorpay"),
        "upi": Phrase("UPI", "UPI"),
        "wallet": Phrase("Wallet", "Wallet"),
        "netbanking": Phrase("Net banking", "Onlinebanking"),
        "bank_transfer": Phrase("Bank transfer", "Überweisung"),
        "cod": Phrase("Cash on delivery", "Nachnahme"),
        "sandbox": Phrase("Sandbox", "Sandbox"),
        "invoice": Phrase("Invoice", "Rechnung"),
        "credit_note": Phrase("Credit note", "Gutschrift"),
        "order": Phrase("Order", "Bestellung"),
        "cancellation": Phrase("Cancellation", "Stornierung"),
        "gateway": Phrase("Gateway", "Zahlungsanbieter"),
        "system": Phrase("System", "System"),
        "approved": Phrase("Approved", "Freigegeben"),
        "rejected": Phrase("Rejected", "Abgelehnt"),
        "suspended": Phrase("Suspended", "Gesperrt"),
        "requested": Phrase("Requested", "Angefragt"),
        "received": Phrase("Received", "Eingegangen"),
        "active": Phrase("Active", "Aktiv"),
        "inactive": Phrase("Inactive", "Inaktiv"),
        "expired": Phrase("Expired", "Abgelaufen"),
        "sent": Phrase("Sent", "Gesendet"),
        "bounced": Phrase("Bounced", "Unzustellbar"),
        "suppressed": Phrase("Suppressed", "Unterdrückt"),
        "opened": Phrase("Opened", "Geöffnet"),
        "clicked": Phrase("Clicked", "Angeklickt"),
        "dead": Phrase("Dead letter", "Endgültig gescheitert"),
        "ready": Phrase("Waiting", "Wartend"),
        "running": Phrase("Running", "Laufend"),
        "hard_bounce": Phrase("Came back for good", "Dauerhaft unzustellbar"),
        "soft_bounces": Phrase("Came back several times", "Mehrmals unzustellbar"),
        "manual": Phrase("By hand", "Von Hand"),
        "email": Phrase("E-mail", "E-Mail"),
        "sms": Phrase("SMS", "SMS"),
        "*": Phrase("Everything", "Alles"),
        "customer": Phrase("Customer", "Kunde"),
        "vendor": Phrase("Vendor", "Händler"),
        "staff": Phrase("Staff", "Personal"),
        "admin": Phrase("Administrator", "Administrator"),
        "percentage": Phrase("Percentage", "Prozent"),
        "fixed": Phrase("Fixed amount", "Fester Betrag"),
        "fixed_amount": Phrase("Fixed amount", "Fester Betrag"),
        "free_shipping": Phrase("Free shipping", "Versandkostenfrei"),
        "open": Phrase("Open", "Offen"),
        "resolved": Phrase("Resolved", "Erledigt"),
        "won": Phrase("Won", "Gewonnen"),
        "lost": Phrase("Lost", "Verloren"),
        "hard": Phrase("Permanent", "Dauerhaft"),
        "soft": Phrase("Passing", "Vorübergehend"),
        "verified": Phrase("Verified", "Geprüft"),
        "sale": Phrase("Sale", "Verkauf"),
        "purchase": Phrase("Purchase", "Einkauf"),
        "return": Phrase("Return", "Rückgabe"),
        "adjustment": Phrase("Adjustment", "Korrektur"),
        "transfer": Phrase("Transfer", "Umlagerung"),
        "damage": Phrase("Damage", "Bruch"),
        "commission": Phrase("Commission", "Provision"),
        "payout": Phrase("Payout", "Auszahlung"),
        "refund": Phrase("Refund", "Erstattung"),
        "dispute": Phrase("Dispute", "Rückbuchung"),
        "mailbox": Phrase("Mailbox", "Postfach"),
    ]
}
