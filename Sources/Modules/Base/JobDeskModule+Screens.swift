import AdminPages

extension JobDeskModule {
    private static let list = "/api/admin/jobs/"

    /// Jobs in the admin; `kinds` are offered as a filter.
    static func jobs(kinds: [String]) -> AdminScreen {
        AdminScreen(
            "jobs", in: .system, Phrase("Jobs", "Jobs"), one: Phrase("job", "Job"), list: list, item: list + "{id}/",
            label: "kind",
            columns: [
                .code("kind", Phrase("Kind", "Art")),
                .status("state", Phrase("State", "Zustand"), sort: "state"),
                .moment("run_at", Phrase("Runs at", "Läuft ab"), sort: "run_at"),
                .number("attempts", Phrase("Attempts", "Versuche"), sort: "attempts"),
                .number("failures", Phrase("Failures", "Fehlversuche")),
                AdminColumn("last_error", Phrase("Last error", "Letzter Fehler"), .longText),
                .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at"),
                .moment("died_at", Phrase("Given up", "Aufgegeben")).hidden,
                .number("id", Phrase("Number", "Nummer")).hidden,
            ],
            filters: [
                AdminFilter("state", Phrase("State", "Zustand"), .choice(["ready", "running", "dead"])),
                AdminFilter("kind", Phrase("Kind", "Art"), .choice(kinds)),
            ],
            search: Phrase(
                "Number, or a part of the kind's code or of the error",
                "Nummer, oder ein Teil des Codes der Art oder des Fehlers"),
            sections: [AdminSection(Phrase("About this job", "Über diesen Job"), .facts(facts))],
            actions: [retry, discard],
            hint: Phrase(
                "Nothing waits to be done. Jobs that are done are not kept.",
                "Es wartet nichts. Erledigte Jobs werden nicht aufgehoben.")
        ).with { $0.commands = [retryDead] }
    }

    private static let facts: [AdminColumn] = [
        .number("id", Phrase("Number", "Nummer")),
        .code("kind", Phrase("Kind", "Art")),
        .text("kind", Phrase("Code of its kind", "Code der Art")),
        .status("state", Phrase("State", "Zustand")),
        .moment("run_at", Phrase("Runs at", "Läuft ab")),
        .number("attempts", Phrase("Attempts", "Versuche")),
        .number("failures", Phrase("Failures", "Fehlversuche")),
        .number("max_attempts", Phrase("Failures until it is given up", "Fehlversuche, bis er aufgegeben wird")),
        AdminColumn("last_error", Phrase("Last error", "Letzter Fehler"), .longText),
        .flag("is_personal", Phrase("About somebody", "Betrifft eine Person")),
        .moment("created_at", Phrase("Made", "Angelegt")),
        .moment("died_at", Phrase("Given up", "Aufgegeben")),
        AdminColumn("payload", Phrase("Data, without texts", "Daten, ohne Texte"), .json),
    ]

    private static let retry = AdminAction(
        "retry", Phrase("Try again", "Erneut versuchen"), .post, list + "{id}/retry/"
    ).with {
        $0.condition = .oneOf("state", ["dead"])
        $0.weight = .primary
        $0.isBulk = true
        $0.leadsToList = true
    }

    private static let discard = AdminAction("discard", Phrase("Discard", "Verwerfen"), .delete, list + "{id}/").with {
        $0.condition = .oneOf("state", ["ready", "dead"])
        $0.weight = .danger
        $0.isBulk = true
        $0.leadsToList = true
        $0.explanation = Phrase(
            "What this job was to do will not be done.", "Was dieser Job tun sollte, wird nicht getan.")
    }

    private static let retryDead = AdminAction(
        "retry-dead", Phrase("Retry all dead", "Alle gescheiterten wiederholen"), .post, list + "retry-dead/"
    ).with {
        $0.explanation = Phrase(
            "All jobs that had given up are tried again. Mend what made them fail first.",
            "Alle endgültig gescheiterten Jobs werden erneut versucht. Beheben Sie zuerst, woran sie gescheitert sind.")
    }

    /// What is done on a schedule, in the admin.
    static let cron = AdminScreen(
        "cron", in: .system, Phrase("Schedule", "Zeitplan"),
        one: Phrase("entry of the schedule", "Eintrag des Zeitplans"),
        list: "/api/admin/cron/", key: "name",
        columns: [
            .code("name", Phrase("Name", "Name")),
            .code("schedule", Phrase("When (UTC)", "Wann (UTC)")),
            .moment("next_at", Phrase("Next", "Nächstes Mal")),
            .moment("last_at", Phrase("Last", "Letztes Mal")),
            .code("kind", Phrase("Job", "Job")).hidden,
        ])
}
