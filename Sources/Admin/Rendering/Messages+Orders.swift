import AdminPages

/// What the shop notes in an order's history by itself.
extension Messages {
    /// Returns a note in the reader's language; what people wrote stays as it is.
    static func note(_ text: String, in language: AdminLanguage) -> String {
        guard language == .german else { return text }
        return orders[text] ?? orderPatterns.lazy.compactMap { $0.applied(to: text) }.first ?? text
    }

    private static let orders = [
        "A part was canceled.": "Ein Teil wurde storniert.",
        "Refunded.": "Erstattet.",
        "What had been paid is all that is due.": "Was bezahlt war, ist alles, was fällig ist.",
        "The payment service did not answer.": "Der Zahlungsanbieter hat nicht geantwortet.",
    ]

    private static let orderPatterns = [
        Pattern(head: "Paid by ", tail: ".") { "Bezahlt über \(gateway($0))." },
        Pattern(head: "Authorized by ", tail: ".") { "Autorisiert über \(gateway($0))." },
        Pattern(head: "", tail: " is still to be paid.") { "\($0) sind noch zu zahlen." },
    ]

    private static func gateway(_ code: String) -> String { Vocabulary.phrase(for: code)?.german ?? code }
}
