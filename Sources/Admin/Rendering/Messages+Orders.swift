/// Sentences about orders, parcels and returns.
extension Messages {
    static let orders: [String: String] = [
        "The order is {} and cannot become {}. Allowed: {}.":
            "Die Bestellung hat den Status „{1:word}“ und kann nicht „{2:word}“ werden. Möglich: {3:word}.",
        "The order has been paid already.": "Die Bestellung ist schon bezahlt.",
        "The order comes to {}.": "Zu zahlen sind {1:amount}.",
        "The order's total": "Die Summe der Bestellung",
        "Only {} are left to ship.": "Es sind nur noch {1} zu versenden.",
        "Only {} have not left.": "Nur {1} sind noch nicht versandt.",
        "Nothing of these orders has been sent, and nothing is to be sent.":
            "Von diesen Bestellungen ist nichts versandt und nichts zu versenden.",
        "These are more than {} orders; ask for them in parts, by from and until, or use `kontor export orders`.":
            "Das sind mehr als {1} Bestellungen; laden Sie sie nach Zeiträumen in Teilen, oder verwenden Sie `kontor export orders`.",
    ]

    static let returns: [String: String] = [
        "The return is {} and cannot become {}.":
            "Die Rücksendung hat den Status „{1:word}“ und kann nicht „{2:word}“ werden.",
        "Only {} can be sent back.": "Nur {1} können zurückgesandt werden.",
        "The time in which this order could be sent back is over.":
            "Die Rückgabefrist dieser Bestellung ist abgelaufen.",
        "The shipping of this order has been refunded with another return.":
            "Die Versandkosten dieser Bestellung wurden mit einer anderen Rücksendung erstattet.",
        "Say what goes back into stock.": "Geben Sie an, welche Ware ins Lager zurückkommt.",
        "Say of every part how many arrived: {} is missing.":
            "Geben Sie zu jeder Position an, wie viele angekommen sind: {1} fehlt.",
        "Only {} of part {} were announced.": "Von Position {2} sind nur {1} angekündigt.",
    ]
}
