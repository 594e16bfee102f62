import AdminPages

extension AuditModule {
    /// The audit in the admin.
    static let screen = AdminScreen(
        "audit", in: .system, Phrase("Audit", "Protokoll"), one: Phrase("audit entry", "Protokolleintrag"),
        list: "/api/admin/audit/", item: "/api/admin/audit/{id}/", label: "path",
        columns: [
            .moment("created_at", when, sort: "created_at"),
            .link("actor_email", who, to: "customers", key: "actor_id"),
            AdminColumn("about", what, .deed),
            AdminColumn("after", changes, .changes(before: "before")),
            .code("method", method).hidden,
            .code("path", path).hidden,
            .code("endpoint", endpoint).hidden,
            .code("ip_address", address).hidden,
            .code("request_id", request).hidden,
        ],
        filters: [
            AdminFilter("from", Phrase("From", "Von"), .day),
            AdminFilter("until", Phrase("Until", "Bis"), .day),
            AdminFilter("actor", who, .row(screen: "staff", value: "id")),
            AdminFilter("about", Phrase("About", "Betrifft"), .about),
            AdminFilter("method", method, .choice(["POST", "PUT", "PATCH", "DELETE", "GET"])),
            AdminFilter("path", Phrase("Path begins with", "Pfad beginnt mit"), .text),
        ],
        search: Phrase(
            "Beginning of an e-mail, or of a path such as products/12",
            "Anfang einer E-Mail-Adresse oder eines Pfads wie products/12"),
        sections: [
            AdminSection(
                Phrase("Who and what", "Wer und was"),
                .facts([
                    .moment("created_at", when), .link("actor_email", who, to: "customers", key: "actor_id"),
                    AdminColumn("about", what, .deed), .code("method", method), .code("path", path),
                    .code("endpoint", endpoint),
                    .code("ip_address", address), .code("request_id", request),
                ])),
            AdminSection(changes, .comparison(before: "before", after: "after")),
        ],
        hint: Phrase(
            "Whatever staff change from now on is written down here.",
            "Was das Personal ab jetzt ändert, steht künftig hier."))

    private static let when = Phrase("When", "Wann")
    private static let who = Phrase("Who", "Wer")
    private static let what = Phrase("What", "Was")
    private static let changes = Phrase("Changes", "Änderungen")
    private static let method = Phrase("Method", "Methode")
    private static let path = Phrase("Path", "Pfad")
    private static let endpoint = Phrase("Endpoint", "Endpunkt")
    private static let address = Phrase("Address", "IP-Adresse")
    private static let request = Phrase("Request", "Anfrage")
}
