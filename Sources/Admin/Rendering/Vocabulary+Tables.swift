import AdminPages

/// The words of tables that come in.
extension Vocabulary {
    static let ofTables: [String: Phrase] = [
        "receiving": Phrase("Being received", "Wird empfangen"),
        "finished": Phrase("Finished", "Beendet"),
        "discarded": Phrase("Ended", "Abgebrochen"),
        "replaced": Phrase("Replaced by a newer one", "Durch einen neueren ersetzt"),
        "waiting": Phrase("Waiting", "Wartend"),
        "created": Phrase("Created", "Angelegt"),
        "updated": Phrase("Changed", "Geändert"),
        "unchanged": Phrase("Unchanged", "Unverändert"),
    ]
}
