/// Sentences about payouts, what is sent to the bank for them, and what it answers.
extension Messages {
    static let payouts: [String: String] = [
        "A payout that is {} cannot become {}.":
            "Eine Auszahlung mit dem Status „{1:word}“ kann nicht „{2:word}“ werden.",
        "Payouts of this message are no longer pending, so it is not given again.":
            "Auszahlungen dieser Datei stehen nicht mehr aus, darum wird sie nicht noch einmal ausgegeben.",
        "A name or an account has changed since this message was made, so it is not given again.":
            "Ein Name oder ein Konto hat sich seit dieser Datei geändert, darum wird sie nicht noch einmal ausgegeben.",
        "There are more than {} payouts: narrow them by from, until or vendor.":
            "Es sind mehr als {1} Auszahlungen: Grenzen Sie sie nach Zeit oder Händler ein.",
        "Name a message to the bank; a POST to this address makes one.":
            "Wählen Sie eine Datei für die Bank; angelegt wird sie mit der Aktion in der Liste.",
        "The shop's own account is not known: set PAYOUT_IBAN.":
            "Das Konto des Shops ist nicht bekannt: Tragen Sie es in den Einstellungen ein.",
        "No account at a bank is known.": "Es ist kein Bankkonto bekannt.",
        "The IBAN is not valid.": "Die IBAN ist ungültig.",
        "Payouts in EUR go to accounts with an IBAN alone.": "Auszahlungen in EUR gehen nur auf Konten mit IBAN.",
        "The number of the account has more than 34 characters.": "Die Kontonummer hat mehr als 34 Zeichen.",
        "The bank is not known: a BIC or a routing number is needed.":
            "Die Bank ist nicht bekannt: Eine BIC oder eine Bankleitzahl wird gebraucht.",
    ]

    /// The bank’s answers.
    static let bank: [String: String] = [
        "This is no XML document that can be read.": "Das ist kein lesbares XML-Dokument.",
        "This is neither a pain.002 nor a camt.053.": "Das ist weder eine pain.002 noch eine camt.053.",
        "The statement is not of the shop's own account, PAYOUT_IBAN.":
            "Der Kontoauszug gehört nicht zum Konto des Shops.",
        "The bank does not say that this money was returned.": "Die Bank sagt nicht, dass dieses Geld zurückkam.",
        "The entry is neither a payment nor one that was returned.":
            "Der Eintrag ist weder eine Zahlung noch eine Rückgabe.",
        "The bank has had this before; what it says of the first counts.":
            "Die Bank hatte das schon einmal; es zählt, was sie zum ersten Mal sagt.",
        "The bank has refused this message, which has no payouts here: {}":
            "Die Bank hat diese Datei abgelehnt, zu der es hier keine Auszahlungen gibt: {1:sentence}",
        "The bank gave no reason.": "Die Bank hat keinen Grund genannt.",
        "There is no such payout.": "Diese Auszahlung gibt es nicht.",
        "The payout is in another message: {}.": "Die Auszahlung steht in einer anderen Datei: {1}.",
        "The payout has failed before.": "Die Auszahlung ist schon fehlgeschlagen.",
        "The payout is completed.": "Die Auszahlung ist abgeschlossen.",
        "The bank names no amount that can be read.": "Die Bank nennt keinen lesbaren Betrag.",
        "The amount is not the payout's.": "Der Betrag ist nicht der der Auszahlung.",
    ]
}
