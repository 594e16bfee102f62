import Primitives

/// The form of all that can become of a payment.
struct SandboxChoices: Sendable {
    let page: SandboxPage

    private struct Row {
        let outcome: SandboxOutcome
        let title: String
        let words: String

        init(_ outcome: SandboxOutcome, _ title: String, _ words: String) {
            self.outcome = outcome
            self.title = title
            self.words = words
        }
    }

    private var rows: [Row] {
        [
            page.payment.isManual
                ? Row(.pay, "Authorize", "The bank promises the money; the shop captures it later.")
                : Row(.pay, "Pay", "The payment succeeds at once."),
            Row(.challenge, "Second step", "The bank asks you to confirm."),
            Row(.payLater, "Pay later", "Processing for ten seconds, then paid."),
            Row(.failLater, "Fail later", "Processing for ten seconds, then refused."),
            Row(.cardDeclined, "Card declined", "The bank gives no reason."),
            Row(.insufficientFunds, "Insufficient funds", "The account holds too little."),
            Row(.expiredCard, "Expired card", "The card is no longer valid."),
        ]
    }

    /// The form, and another one to go back without paying.
    var html: String {
        """
        <form method="post">
        <fieldset>
        <legend>What should become of this payment?</legend>
        \(rows.map(Self.html).joined(separator: "\n"))
        </fieldset>
        <button class="primary" type="submit">Continue</button>
        </form>
        <form method="post">
        <input type="hidden" name="outcome" value="\(SandboxOutcome.abandon.rawValue)">
        <button class="secondary" type="submit">Return to \(page.shopName.escapedForHTML) without paying</button>
        </form>
        """
    }

    private static func html(_ row: Row) -> String {
        let checked = row.outcome == .pay ? " checked" : ""
        return """
            <label>
            <input type="radio" name="outcome" value="\(row.outcome.rawValue)" required\(checked)>
            <span><strong>\(row.title)</strong><small>\(row.words)</small></span>
            </label>
            """
    }
}
