import AdminPages

extension Messages {
    /// What jobs, mails and webhooks refuse.
    static let system = [
        Words.signedInAgain.english: Words.signedInAgain.german,
        "This job has not given up: it will be done anyway.":
            "Dieser Job ist nicht gescheitert: Er wird ohnehin erledigt.",
        "Another job does the same by now.": "Inzwischen tut ein anderer Job dasselbe.",
        "This job runs at the moment.": "Dieser Job läuft gerade.",
        "This webhook is switched off.": "Dieser Webhook ist ausgeschaltet.",
        "What this event held has been cleared away.": "Die Daten dieses Ereignisses sind schon gelöscht.",
        "Name at least one topic.": "Wählen Sie mindestens ein Thema.",
        "This says nothing.": "Das ergibt keinen Text.",
        "The text that the shop comes with cannot be switched off.":
            "Der mitgelieferte Text lässt sich nicht ausschalten.",
        "The shop comes with this template: it can be reset, and not deleted.":
            "Diese Vorlage wird mitgeliefert: Sie lässt sich zurücksetzen, aber nicht löschen.",
        "The shop does not come with this template: there is nothing to reset it to.":
            "Diese Vorlage wird nicht mitgeliefert: Es gibt nichts, auf das sie zurückgesetzt werden könnte.",
        "This mail held a code or a token that is not kept: its recipient has to ask for another.":
            "Diese E-Mail enthielt einen Code oder Link, der nicht aufgehoben wird: Der Empfänger muss einen neuen anfordern.",
        "This mail was a test: send another from its template.":
            "Diese E-Mail war ein Test: Senden Sie einen neuen von der Vorlage aus.",
        "The account of this mail's recipient is gone.": "Das Konto des Empfängers gibt es nicht mehr.",
    ]
}
