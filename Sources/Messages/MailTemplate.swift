/// A mail's subject, plain text and HTML as Mustache templates.
public struct MailTemplate: Sendable, Hashable {
    /// The Mustache template of the subject; line ends in the result become spaces.
    public let subject: String
    /// The Mustache template of the plain text, in which nothing is escaped.
    public let text: String
    /// The Mustache template of the HTML, in which values are escaped.
    public let html: String

    /// Creates a template of three parts, which are parsed when a mail is composed.
    public init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }

    /// Makes a template that ends with the shop's name; `body` is what stands in the HTML's body.
    public init(_ subject: String, _ text: String, _ body: String) {
        self.init(
            subject: subject, text: text + "\n\n{{shop_name}}\n",
            html: "<!doctype html><html><body>" + body + "<p>{{shop_name}}</p></body></html>")
    }
}
