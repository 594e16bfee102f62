import Commerce
import Messages
import Primitives
import SQL

/// A template: one type of mail in one language.
public struct EmailTemplateID: Identifier {
    /// The primary key of the row.
    public let rawValue: Int64
    /// Wraps a row's primary key, without a look at the database.
    public init(_ value: Int64) { self.rawValue = value }

    /// The id of a type in a language: the same in every shop, before there is a row and after. 31 bits of a digest, so that
    /// clients may keep it in any number.
    init(of type: String, in language: String) {
        let digest = Digest.sha256("\(type)\n\(language)".utf8)
        let number = digest.prefix(4).reduce(0) { $0 << 8 | Int64($1) }
        self.init(max(1, number & 0x7FFF_FFFF))
    }
}

/// A template as staff see and edit it.
struct EmailTemplate: Sendable {
    var id = EmailTemplateID(0)
    var name = ""
    var type = ""
    var language = ""
    var subject = ""
    var html = ""
    var text = ""
    /// Whether a text of the shop's own is used; without it the shipped one is.
    var isActive = true
    /// Whether it says what the shop comes with.
    var isDefault = false
    var version = 1
    /// Nil for one that staff never touched.
    var createdAt: Timestamp?
    /// Nil for one that staff never touched.
    var updatedAt: Timestamp?

    var content: MailText { MailText(subject: subject, text: text, html: html) }

    /// Returns this template with a text in place of its own.
    func saying(_ content: MailText) -> EmailTemplate {
        var copy = self
        (copy.subject, copy.text, copy.html) = (content.subject, content.text, content.html)
        return copy
    }
}

extension EmailTemplate {
    /// A template that staff never touched.
    init(shipped content: MailText, of type: String, in language: String) {
        self.init()
        id = EmailTemplateID(of: type, in: language)
        name = MailCatalog.name(of: type)
        (self.type, self.language) = (type, language)
        (subject, text, html) = (content.subject, content.text, content.html)
        isDefault = true
    }
}

extension EmailTemplate: Record {
    static let columns = Columns<EmailTemplate>(
        .key("id", \.id),
        .column("name", \.name),
        .column("template_type", \.type),
        .column("language", \.language),
        .column("subject", \.subject),
        .column("html_content", \.html),
        .column("text_content", \.text),
        .column("is_active", \.isActive),
        .column("is_default", \.isDefault),
        .key("version", \.version),
        .key("created_at", \.createdAt),
        .key("updated_at", \.updatedAt))
}
