/// Sentences about payments, refunds and gateways.
extension Messages {
    static let payments: [String: String] = [
        "The order has been paid.": "Die Bestellung ist bezahlt.",
        "The order is canceled.": "Die Bestellung ist storniert.",
        "A payment that is {} cannot be {}.": "Eine Zahlung mit dem Status „{1:word}“ kann nicht „{2:word}“ werden.",
        "The refund is {}.": "Die Erstattung hat den Status „{1:word}“.",
        "This payment is being started. Please try again in a moment.":
            "Diese Zahlung wird gerade begonnen. Versuchen Sie es gleich noch einmal.",
        "At most {} can be captured.": "Höchstens {1:amount} können eingezogen werden.",
        "At most {} can be refunded.": "Höchstens {1:amount} können erstattet werden.",
        "Only {} can be refunded.": "Nur {1} können erstattet werden.",
    ]

    static let gateways: [String: String] = [
        "The payment service does not answer. Please try again in a moment.":
            "Der Zahlungsanbieter antwortet nicht. Versuchen Sie es gleich noch einmal.",
        "The payment service refused this.": "Der Zahlungsanbieter hat das abgelehnt.",
        "There is no such key; there are: {}.": "Diesen Schlüssel gibt es nicht; es gibt: {1}.",
        "\"{}\" is no currency code of ISO 4217.": "„{1}“ ist kein Währungscode nach ISO 4217.",
        "Use at most 500 printable ASCII characters.": "Erlaubt sind höchstens 500 druckbare ASCII-Zeichen.",
        "This is no http:// or https:// address.": "Eine Adresse beginnt mit http:// oder https://.",
        "Use one of: {}.": "Möglich sind: {1}.",
        "Razorpay captures only the whole amount that was authorized.":
            "Razorpay zieht nur den ganzen autorisierten Betrag ein.",
        "Razorpay cannot cancel an authorization. It gives the money back by itself if the payment is not captured.":
            "Razorpay kann eine Autorisierung nicht abbrechen. Es gibt das Geld von selbst zurück, wenn die Zahlung nicht eingezogen wird.",
        "Razorpay could not refund this payment.": "Razorpay konnte diese Zahlung nicht erstatten.",
        "PayPal captures an approved order as a whole.": "PayPal zieht eine genehmigte Bestellung nur als Ganzes ein.",
        "PayPal declined the payment. Please choose another way to pay.": "PayPal hat die Zahlung abgelehnt.",
        "The payment is captured.": "Die Zahlung ist eingezogen.",
        "The payment failed.": "Die Zahlung ist fehlgeschlagen.",
        "The bank sent the money back.": "Die Bank hat das Geld zurückgesandt.",
        "PayPal has no order of this payment.": "PayPal kennt keine Bestellung zu dieser Zahlung.",
        "PayPal has no capture of this payment.": "PayPal hat diese Zahlung nicht eingezogen.",
        "PayPal does not take this amount in {}.": "PayPal nimmt diesen Betrag in {1} nicht an.",
        "Stripe does not take this amount in {}.": "Stripe nimmt diesen Betrag in {1} nicht an.",
        "Razorpay cannot take this amount in {}.": "Razorpay nimmt diesen Betrag in {1} nicht an.",
        "Razorpay takes no receipt of more than 40 characters.":
            "Razorpay nimmt keine Belegnummer mit mehr als 40 Zeichen an.",
        "Your card was declined.": "Die Karte wurde abgelehnt.",
        "Your card has insufficient funds.": "Die Karte ist nicht gedeckt.",
        "Your card has expired.": "Die Karte ist abgelaufen.",
        "We could not confirm that it is you. Please choose another card.": "Der Zahler konnte nicht bestätigt werden.",
        "Your bank did not carry out the payment.": "Die Bank hat die Zahlung nicht ausgeführt.",
    ]
}
