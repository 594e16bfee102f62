/// A mail's subject, plain text and HTML in one language, as Mustache templates.
public struct MailText: Sendable, Hashable {
    /// The Mustache template of the subject; line ends in the result become spaces.
    public let subject: String
    /// The Mustache template of the plain text, in which nothing is escaped.
    public let text: String
    /// The Mustache template of the HTML, in which values are escaped.
    public let html: String

    /// Creates a text of three parts, which are parsed when a mail is composed.
    public init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }

    /// Makes a text that ends with the shop's name; `body` is what stands in the HTML's body.
    public init(_ subject: String, _ text: String, _ body: String) {
        self.init(
            subject: subject, text: text + "\n\n{{shop_name}}\n",
            html: Self.opening + body + "<hr style=\"border:0;border-top:1px solid #d8dee4\">"
                + "<p>{{shop_name}}</p></div></body></html>")
    }

    /// Styles stand in attributes: many readers of mail drop style sheets, and two braces in a row would be Mustache's.
    private static let opening =
        "<!doctype html><html><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{{shop_name}}</title></head>"
        + "<body style=\"margin:0;padding:16px;background:#f3f4f6\">"
        + "<div style=\"max-width:560px;margin:0 auto;padding:8px 24px;background:#ffffff;color:#1f2328;"
        + "border-radius:8px;font:16px/1.5 Helvetica,Arial,sans-serif\">"
}
