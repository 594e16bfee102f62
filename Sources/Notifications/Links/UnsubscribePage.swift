import HTTPTypes
import Primitives
import Web

/// The pages of a link by which somebody leaves a list. The question changes nothing: programs follow links in mails.
struct UnsubscribePage: Sendable {
    let shopName: String

    var question: Reply<RawBody> {
        reply(
            """
            <h1>Unsubscribe</h1>
            <p>Do you want no more mails of this kind from \(shopName.escapedForHTML)?</p>
            <form method="post"><button type="submit">Unsubscribe</button></form>
            """)
    }

    var done: Reply<RawBody> {
        reply("<h1>Unsubscribed</h1><p>You will get no more mails of this kind from \(shopName.escapedForHTML).</p>")
    }

    private static let style =
        "body{font:16px/1.5 Helvetica,Arial,sans-serif;max-width:32em;margin:4em auto;padding:0 1em;color:#1f2328} "
        + "button{font:inherit;padding:.5em 1.5em;border:0;border-radius:6px;background:#1f6feb;color:#fff;cursor:pointer}"

    private func reply(_ body: String) -> Reply<RawBody> {
        let page = """
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>\(shopName.escapedForHTML)</title><style>\(Self.style)</style></head><body>\(body)</body></html>
            """
        let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
        return Reply(
            RawBody(contentType: "text/html; charset=utf-8", bytes: Array(page.utf8)),
            headers: [.contentSecurityPolicy: policy, .cacheControl: "no-store"])
    }
}
