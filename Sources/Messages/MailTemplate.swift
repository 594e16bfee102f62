import Primitives

/// A type of mail: its text in each language that the shop comes with, what it is for, and a sample of its variables.
///
///     MailTemplate("Order {{number}}", "It has arrived.", "<p>It has arrived.</p>")
///         .german("Bestellung {{number}}", "Sie ist da.", "<p>Sie ist da.</p>")
///         .about(.shippingUpdates).sampled(["number": .string("K-1")])
public struct MailTemplate: Sendable, Hashable {
    /// The language of what the initializers take.
    public static let english = "en"

    /// The texts by language tag; English is always there.
    public private(set) var texts: [String: MailText]
    /// What the mail is for, by which preferences stop it.
    public private(set) var purpose = MailKind.service
    /// A value for each variable, as its sender might give it; empty where only the texts tell which there are. A decimal
    /// number (`39.00`) says that the variable is one: a text shows it in the form of its language.
    public private(set) var sample: [String: JSONValue] = [:]
    private let source: MailText

    /// Creates a template of an English text.
    public init(_ text: MailText) {
        source = text
        texts = [Self.english: text]
    }

    /// Creates a template of three English parts, which are parsed when a mail is composed.
    public init(subject: String, text: String, html: String) {
        self.init(MailText(subject: subject, text: text, html: html))
    }

    /// Makes a template whose English text ends with the shop's name; `body` is what stands in the HTML's body.
    public init(_ subject: String, _ text: String, _ body: String) {
        self.init(MailText(subject, text, body))
    }

    /// The English subject.
    public var subject: String { source.subject }
    /// The English plain text.
    public var text: String { source.text }
    /// The English HTML.
    public var html: String { source.html }

    /// Returns this template with a German text of the same parts.
    public func german(_ subject: String, _ text: String, _ body: String) -> MailTemplate {
        translated("de", MailText(subject, text, body))
    }

    /// Returns this template with its text in another language.
    public func translated(_ language: String, _ text: MailText) -> MailTemplate {
        var copy = self
        copy.texts[language] = text
        return copy
    }

    /// Returns this template with what its mails are for; without it they are always sent.
    public func about(_ purpose: MailKind) -> MailTemplate {
        var copy = self
        copy.purpose = purpose
        return copy
    }

    /// Returns this template with a value for each variable.
    public func sampled(_ sample: [String: JSONValue]) -> MailTemplate {
        var copy = self
        copy.sample = sample
        return copy
    }
}
