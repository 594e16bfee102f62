import Primitives

/// What the page says of tokens: how to get one, how to send it, and a form that does both for the page itself.
struct TokenGuide {
    private let document: DocumentNode

    init(_ document: DocumentNode) {
        self.document = document
    }

    /// The guide as a box that opens; of the sign-in it tells where the document has one.
    var box: String {
        "<details class=\"token\" id=\"token\"><summary><strong>Get a token and send it</strong></summary>"
            + steps + form + Self.field + "</details>"
    }

    private static let signIn = "/api/auth/login/"
    private static let second = "/api/auth/2fa/verify/"
    private static let refresh = "/api/auth/refresh/"

    private func has(_ path: String) -> Bool { document["paths"]?[path] != nil }

    private var steps: String {
        var steps = ""
        if has(Self.signIn) {
            steps += "<p>Sign in; the answer has <code>access</code> and <code>refresh</code>.</p>"
            steps += Self.command(
                "curl \"$SHOP\(Self.signIn)\" -H 'Content-Type: application/json' \\",
                "  -d '{\"email\": \"ada@example.com\", \"password\": \"…\"}'")
        }
        if has(Self.second) {
            steps += "<p>With two factors on it has <code>challenge_token</code> instead, which goes with a code to "
            steps += Self.second.codeForHTML + ".</p>"
        }
        steps += "<p>Send <code>access</code> with each request that is not for anyone.</p>"
        steps += Self.command("curl \"$SHOP/api/…/\" -H \"Authorization: Bearer $ACCESS\"")
        if has(Self.refresh) {
            steps += "<p>When it has expired (<code>401</code>), " + Self.refresh.codeForHTML
            steps += " gives another one for <code>refresh</code>.</p>"
        }
        return steps
    }

    private static func command(_ lines: String...) -> String {
        "<pre><code>" + lines.joined(separator: "\n").escapedForHTML + "</code></pre>"
    }

    private var form: String {
        guard has(Self.signIn) else { return "" }
        return """
            <form id="sign-in" data-path="\(Self.signIn)" data-script hidden>
            <label>E-mail <input name="email" type="email" autocomplete="username" required></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <div><button type="submit">Sign in on this page</button></div>
            <p id="signed-in" role="status"></p>
            </form>
            """
    }

    private static let field = """
        <p data-script hidden><label>Access token that this page sends \
        <input id="access-token" autocomplete="off" spellcheck="false"></label></p>
        """
}
