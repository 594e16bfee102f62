import Messages
import Mustache
import Primitives
import Templates

/// A mail ready to be sent or shown.
public struct ComposedMail: Sendable, Equatable {
    /// The subject, on one line.
    public let subject: String
    /// The plain text.
    public internal(set) var text: String
    /// The HTML document.
    public internal(set) var html: String
    /// Where the recipient leaves the list by one click; nil for a mail of no list.
    public internal(set) var unsubscribeURL: String?
    /// The language that it is written in.
    public internal(set) var language = MailTemplate.english

    /// Creates a mail of three parts.
    public init(subject: String, text: String, html: String) {
        self.subject = subject
        self.text = text
        self.html = html
    }

    /// The links in the plain text that begin with `http://` or `https://`, in order.
    public var links: [String] {
        text.words.map(String.init).filter { $0.begins(with: "http://") || $0.begins(with: "https://") }
    }
}

/// A parsed text; parsing happens once for each.
struct ParsedMail: Sendable {
    private let subject: MustacheTemplate
    private let text: MustacheTemplate
    private let html: MustacheTemplate

    /// Parses the three parts.
    ///
    /// - Throws: `NotificationError.badTemplate` with the part and the parser's reason.
    init(_ template: MailText) throws {
        subject = try Self.parse("subject") { try MustacheTemplate(plain: template.subject) }
        text = try Self.parse("text_content") { try MustacheTemplate(plain: template.text) }
        html = try Self.parse("html_content") { try MustacheTemplate(markup: template.html) }
    }

    /// Parses the English text of a template.
    ///
    /// - Throws: `NotificationError.badTemplate` with the part and the parser's reason.
    init(_ template: MailTemplate) throws {
        try self.init(MailText(subject: template.subject, text: template.text, html: template.html))
    }

    func compose(_ context: JSONValue) -> ComposedMail {
        let values = context.mustacheValue
        // A subject is one header line, whatever its variables hold.
        let line = subject.render(values).cut { Self.lineEnds.contains($0.value) }.joined(separator: " ")
        return ComposedMail(subject: line, text: text.render(values), html: html.render(values))
    }

    /// Line feed, vertical tab, form feed, carriage return, next line, line and paragraph separators.
    private static let lineEnds: Set<UInt32> = [0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029]

    private static func parse(_ part: String, _ read: () throws -> MustacheTemplate) throws -> MustacheTemplate {
        do {
            return try read()
        } catch {
            throw NotificationError.badTemplate(part: part, reason: reason(of: error))
        }
    }

    /// Says where a template breaks off, in words of its author rather than of the parser.
    private static func reason(of error: any Error) -> String {
        guard let error = error as? MustacheTemplate.ParserError else { return String(describing: error) }
        return "line \(error.context.lineNumber)"
    }
}
