import HTTPTypes
import Primitives
import Web

/// The pages of a link by which somebody leaves a list. The question changes nothing: programs follow links in mails.
struct UnsubscribePage: Sendable {
    /// The languages that the pages are written in, by their tags.
    enum Language: String, Sendable {
        case english = "en"
        case german = "de"
    }

    /// The shop's name as HTML.
    private let shopName: String
    private let language: Language

    /// Makes the pages in the first of these languages that they are written in; English in none.
    init(shopName: String, languages: [String]) {
        self.shopName = shopName.escapedForHTML
        language = languages.lazy.compactMap { Language(rawValue: $0) }.first ?? .english
    }

    var question: Reply<RawBody> {
        switch language {
        case .english: ask("Unsubscribe", "Do you want no more mails of this kind from \(shopName)?", "Unsubscribe")
        case .german: ask("Abmelden", "Möchten Sie von \(shopName) keine Mails dieser Art mehr bekommen?", "Abmelden")
        }
    }

    var done: Reply<RawBody> {
        switch language {
        case .english: say("Unsubscribed", "You will get no more mails of this kind from \(shopName).")
        case .german: say("Abgemeldet", "Sie bekommen von \(shopName) keine Mails dieser Art mehr.")
        }
    }

    private func ask(_ title: String, _ question: String, _ button: String) -> Reply<RawBody> {
        say(title, question, "<form method=\"post\"><button type=\"submit\">\(button)</button></form>")
    }

    private func say(_ title: String, _ sentence: String, _ more: String = "") -> Reply<RawBody> {
        reply("<h1>\(title)</h1><p>\(sentence)</p>\(more)")
    }

    private static let style =
        "body{font:16px/1.5 Helvetica,Arial,sans-serif;max-width:32em;margin:4em auto;padding:0 1em;color:#1f2328} "
        + "button{font:inherit;padding:.5em 1.5em;border:0;border-radius:6px;background:#1f6feb;color:#fff;cursor:pointer}"

    private func reply(_ body: String) -> Reply<RawBody> {
        let page = """
            <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>\(shopName)</title><style>\(Self.style)</style></head><body>\(body)</body></html>
            """
        let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
        return Reply(
            RawBody(contentType: "text/html; charset=utf-8", bytes: Array(page.utf8)),
            headers: [.contentSecurityPolicy: policy, .cacheControl: "no-store"])
    }
}
