/// What the shop notes by itself: in an order’s history, as the reason of a refund, of a movement, of a mail that was not sent.
extension Messages {
    static let notes: [String: String] = [
        "Paid: {}.": "Bezahlt: {1}.",
        "Paid by {}.": "Bezahlt über {1:word}.",
        "Authorized by {}.": "Autorisiert über {1:word}.",
        "{} is still to be paid.": "{1:amount} sind noch zu zahlen.",
        "What had been paid is all that is due.": "Was bezahlt war, ist alles, was fällig ist.",
        "A payment was {}.": "Status einer Zahlung: {1:word}.",
        "The payment service did not answer.": "Der Zahlungsanbieter hat nicht geantwortet.",
        "It was not paid in time.": "Sie wurde nicht rechtzeitig bezahlt.",
        "Its customer's account was deleted.": "Das Konto des Kunden wurde gelöscht.",
        "A part was canceled.": "Ein Teil wurde storniert.",
        "Everything of it came back.": "Alles davon kam zurück.",
        "Refunded.": "Erstattet.",
        "Return {} was requested.": "Rücksendung {1:number} wurde angefragt.",
        "Return {} was {}.": "Rücksendung {1:number}: {2:word}.",
        "Return {} was received.": "Rücksendung {1:number} ist eingegangen.",
        "More was paid than was due.": "Es wurde mehr bezahlt, als fällig war.",
        "The order was canceled before it was paid in full.":
            "Die Bestellung wurde storniert, bevor sie ganz bezahlt war.",
        "The order had been paid already.": "Die Bestellung war schon bezahlt.",
        "Deleted user": "Gelöschtes Konto",
        "Customer": "Kunde",
        "Stock on creation": "Bestand beim Anlegen",
        "Import {}": "Import {1:number}",
    ]

    /// Why a mail was not sent.
    static let unsent: [String: String] = [
        "The recipient wants no mail.": "Der Empfänger möchte keine E-Mails.",
        "The recipient takes no newsletter.": "Der Empfänger bezieht keinen Newsletter.",
        "The recipient wants no mail of this kind.": "Der Empfänger möchte keine E-Mails dieser Art.",
        "The address gets no mail: {}.": "Die Adresse bekommt keine E-Mails: {1:word}.",
        "Too many mails to one guest within an hour.": "Zu viele E-Mails an einen Gast in einer Stunde.",
        "Only administrators can read what this message says.":
            "Was in dieser Nachricht steht, können nur Administratoren lesen.",
    ]
}
