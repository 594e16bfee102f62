import AdminPages
import Commerce
import Primitives
import Web

/// What programs need to use the shop: where its API is, how they sign in, what they may do.
struct APIPage: Sendable {
    static let title = Phrase("API", "API")

    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    func show() -> AdminPage {
        visit.page(
            "api", title: Self.title, ["about": visit.text(Self.about), "sections": [places, token, rights, limits]])
    }

    private var base: String { visit.call.baseURL }

    private var places: [String: Any] {
        section(
            Phrase("Where it is", "Wo sie ist"), [Phrase("All paths begin with:", "Alle Pfade beginnen mit:")],
            [
                "command": base + "/api/",
                "links": [
                    link("/api/docs/", Phrase("Every endpoint, to read", "Jeder Endpunkt, zum Lesen")),
                    link(
                        "/api/schema/",
                        Phrase("The same as OpenAPI 3.1, for tools", "Dasselbe als OpenAPI 3.1, für Werkzeuge")),
                ],
            ])
    }

    private var token: [String: Any] {
        section(
            Phrase("A token", "Ein Token"),
            [
                Phrase(
                    "Sign in with an account; a program should have one of its own, with the permissions that it needs.",
                    "Melden Sie sich mit einem Konto an; ein Programm sollte ein eigenes haben, mit den nötigen Rechten."
                ),
                Phrase(
                    "Send the answer’s “access” with each request. It lives 15 minutes; “refresh” gets the next pair, once, from /api/auth/refresh/.",
                    "Senden Sie „access“ der Antwort bei jeder Anfrage mit. Es gilt 15 Minuten; für „refresh“ gibt /api/auth/refresh/ einmal das nächste Paar."
                ),
                Phrase(
                    "An account with two factors is answered a “challenge_token”, which /api/auth/2fa/verify/ takes with a code.",
                    "Ein Konto mit zwei Faktoren bekommt ein „challenge_token“, das /api/auth/2fa/verify/ mit einem Code annimmt."
                ),
            ], ["command": commands])
    }

    private var commands: String {
        """
        curl -s \(base)/api/auth/login/ -H 'Content-Type: application/json' \\
            -d '{"email": "\(visit.identity.email)", "password": "…"}'

        curl -s '\(base)/api/admin/orders/?page_size=5' -H 'Authorization: Bearer …'
        """
    }

    private var rights: [String: Any] {
        let isAdministrator = visit.identity.role == .admin
        let names = isAdministrator ? [] : visit.identity.permissions.sorted()
        let all = Phrase(
            "You are an administrator: your tokens may do everything.",
            "Sie sind Administrator: Ihre Token dürfen alles.")
        let some = Phrase("Your tokens may do what you may:", "Ihre Token dürfen, was Sie dürfen:")
        let none = Phrase(
            "You have no permission yet. An administrator gives you some.",
            "Sie haben noch kein Recht. Ein Administrator kann Ihnen welche geben.")
        return section(
            Phrase("What you may do", "Was Sie dürfen"), [isAdministrator ? all : names.isEmpty ? none : some],
            ["names": names, "hasNames": !names.isEmpty])
    }

    private var limits: [String: Any] {
        section(
            Phrase("Limits", "Grenzen"),
            [
                Phrase(
                    "Signing in, mails on request, carts of guests, coupon codes and reviews are limited by address or account: an answer 429 says in Retry-After how many seconds to wait. A list gives at most 100 rows a page.",
                    "Anmeldungen, angeforderte E-Mails, Warenkörbe von Gästen, Gutscheincodes und Bewertungen sind je Adresse oder Konto begrenzt: Die Antwort 429 sagt in Retry-After, wie viele Sekunden zu warten sind. Listen haben höchstens 100 Zeilen je Seite."
                )
            ])
    }

    private func section(_ heading: Phrase, _ texts: [Phrase], _ more: [String: Any] = [:]) -> [String: Any] {
        let view: [String: Any] = ["heading": visit.text(heading), "texts": texts.map { visit.text($0) }]
        return view.merging(more) { $1 }
    }

    private func link(_ path: String, _ what: Phrase) -> [String: Any] { ["path": path, "what": visit.text(what)] }

    private static let about = Phrase(
        "Everything that this admin does, programs can do as well, with the same permissions.",
        "Alles, was diese Verwaltung tut, können auch Programme tun, mit denselben Rechten.")
}
