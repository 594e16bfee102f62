import Commerce
import HTTPTypes
import Primitives
import Web

/// The pages of one payment: the choice, the second step, and what became of it. Everything that is not of this source is escaped.
struct SandboxPage: Sendable {
    let payment: SandboxPayment
    let shopName: String

    /// The page on which the payer chooses; of a payment that is finished, the page that says so.
    var choice: Reply<RawBody> { reply(payment.isPayable ? SandboxChoices(page: self).html : outcome) }

    /// The page of the second step; where none is asked for, the page of the payment.
    var challenge: Reply<RawBody> { payment.status == .requiresAction ? reply(question) : choice }

    /// Returns the answer that sends the payer on: back to the shop unless another address is named.
    func redirect(to address: String?) -> Reply<RawBody> {
        Reply(
            RawBody(contentType: Self.contentType, bytes: []),
            headers: [.location: address ?? returnAddress, .cacheControl: "no-store"])
    }

    /// The amount with its currency: `19.99 EUR`.
    var amount: String {
        let currency = Currency(code: payment.currency)
        return (currency?.text(payment.amount) ?? String(payment.amount.minorUnits)) + " " + payment.currency
    }

    /// Where the payer comes back to, with our id of the payment in the query.
    var returnAddress: String {
        ReturnAddress(payment.returnURL)?.adding("payment", payment.transactionID) ?? "/"
    }

    static let contentType = "text/html; charset=utf-8"
}

extension SandboxPage {
    /// Returns a whole page around `content`.
    private func reply(_ content: String) -> Reply<RawBody> {
        let html = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>\(amount.escapedForHTML) – \(shopName.escapedForHTML)</title>
            <style>\(SandboxStyle.css)</style>
            </head>
            <body>
            <main>
            \(summary)
            \(content)
            </main>
            <footer>Sandbox payment gateway</footer>
            </body>
            </html>
            """
        return Reply(RawBody(contentType: Self.contentType, bytes: Array(html.utf8)), headers: headers)
    }

    /// What is paid, and to whom.
    private var summary: String {
        """
        <p class="mode"><span aria-hidden="true">●</span> Test mode: no money moves</p>
        <header>
        <p class="shop">\(shopName.escapedForHTML)</p>
        <h1>\(amount.escapedForHTML)</h1>
        <p class="order">Order <span>\(payment.orderNumber.escapedForHTML)</span></p>
        </header>
        """
    }

    /// No script, no frame, nothing from elsewhere; forms go to this page, and from there back to the shop: browsers hold redirects
    /// after a form against `form-action` too.
    private var headers: HTTPFields {
        let shop = ReturnAddress(payment.returnURL).map { " " + $0.origin } ?? ""
        let policy =
            "default-src 'none'; style-src '\(SandboxStyle.source)'; base-uri 'none'; frame-ancestors 'none'; "
            + "form-action 'self'" + shop
        var headers: HTTPFields = [.cacheControl: "no-store"]
        headers[.contentSecurityPolicy] = policy
        return headers
    }

    /// The question of the second step.
    private var question: String {
        """
        <section aria-labelledby="question">
        <h2 id="question">Confirm that it is you</h2>
        <p>Your bank asks for a second step before it pays. A real bank would send you a code or open its app.</p>
        <form method="post">
        <button class="primary" type="submit" name="answer" value="confirm">Confirm the payment</button>
        <button class="secondary" type="submit" name="answer" value="refuse">Refuse</button>
        </form>
        </section>
        """
    }

    /// What became of a payment that is finished.
    private var outcome: String {
        let verdict = SandboxVerdict(payment)
        return """
            <section class="verdict \(verdict.tone)" role="status">
            <h2>\(verdict.title)</h2>
            <p>\(verdict.words.escapedForHTML)</p>
            </section>
            <p><a class="primary" href="\(returnAddress.escapedForHTML)">Return to \(shopName.escapedForHTML)</a></p>
            """
    }
}

/// The words for a payment that is finished, or at which the bank is at work.
struct SandboxVerdict: Sendable {
    /// The class of the page's style: `good`, `bad` or `calm`.
    let tone: String
    let title: String
    let words: String

    init(_ payment: SandboxPayment) {
        switch payment.status {
        case .succeeded: self.init("good", "This payment is complete", "There is nothing left to pay.")
        case .requiresCapture:
            self.init("good", "This payment is authorized", "The shop collects the money when it sends your order.")
        case .failed: self.init("bad", "This payment failed", payment.failureReason)
        case .canceled: self.init("bad", "This payment was canceled", "Nothing can be paid here any more.")
        case .processing, .requiresMethod, .requiresAction:
            self.init("calm", "Your bank is at work", "The shop is told as soon as the payment is decided.")
        }
    }

    private init(_ tone: String, _ title: String, _ words: String) {
        self.tone = tone
        self.title = title
        self.words = words
    }
}
