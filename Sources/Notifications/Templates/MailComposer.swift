import Messages
import Primitives
import SQL
import Synchronization

/// Composes the mail of a job: finds the text and fills it in.
public struct MailComposer: Sendable {
    /// The variable that holds the link by which a recipient leaves a list.
    static let unsubscribe = "unsubscribe_url"

    let shopName: String
    /// The base URL of the shop's pages, without a final slash.
    let shopURL: String
    let secrets: MailSecrets
    let catalog: MailCatalog
    private let parsed = ParsedMails()

    /// Creates a composer; `secrets` opens what jobs carry sealed, `templates` are the built-in ones by type: an active
    /// row of `email_templates` of the same type and language replaces a text. `language` is the shop's.
    public init(
        shopName: String, shopURL: String, secrets: MailSecrets, templates: [String: MailTemplate],
        language: String = MailTemplate.english
    ) {
        self.catalog = MailCatalog(templates, language: language)
        self.shopName = shopName
        self.shopURL = shopURL
        self.secrets = secrets
    }

    /// Composes the mail that `job` asks for, in the best language that there is for somebody who reads `language`:
    /// from the shop's own text if it has an active one, otherwise from the built-in one. `unsubscribe` is the link for
    /// a mail of a list, which has it at its end where the text does not show it.
    ///
    /// - Throws: `NotificationError.unknownTemplate`, `NotificationError.badTemplate`, `SealedTextError`, `SQLError`.
    public func compose(
        _ job: MailJob, language: String = "", unsubscribe: String? = nil, _ connection: Connection
    ) throws -> ComposedMail {
        let (text, language) = try text(of: job, language, connection)
        var context = try context(of: job)
        if let unsubscribe { context = context.adding(Self.unsubscribe, unsubscribe) }
        var mail = try parsed.mail(for: text).compose(numbered(context, of: job.template, in: language))
        mail.write(in: language)
        if let unsubscribe { mail.offer(unsubscribe) }
        return mail
    }

    /// Composes a text of a type in a language from values, which stand before those of the type's sample. One that is not
    /// kept is parsed each time.
    ///
    /// - Throws: `NotificationError.badTemplate`.
    func compose(
        _ text: MailText, of type: String, in language: String, with values: [String: JSONValue], isKept: Bool = true
    ) throws -> ComposedMail {
        let sample = catalog.sample(of: type).merging(common) { _, shop in shop }
        let context = JSONValue.object(sample.merging(values) { _, own in own })
        let known = try isKept ? parsed.mail(for: text) : ParsedMail(text)
        var mail = known.compose(numbered(context, of: type, in: language))
        mail.write(in: language)
        return mail
    }

    /// Returns values with numbers in the form of a language; the sample of the type says which values are some.
    private func numbered(_ context: JSONValue, of type: String, in language: String) -> JSONValue {
        guard let form = NumberForm(of: language) else { return context }
        return form.written(context, like: .object(catalog.sample(of: type)))
    }

    private func text(of job: MailJob, _ language: String, _ connection: Connection) throws -> (MailText, String) {
        if let id = job.textID {
            guard let template = try TemplateQueries.find(EmailTemplateID(id), catalog, connection) else {
                throw NotificationError.unknownTemplate(job.template)
            }
            return (template.content, template.language)
        }
        let own = try TemplateQueries.own(job.template, connection)
        for tag in LanguageTag.candidates(language, catalog.language) {
            if let text = own[tag] ?? catalog.text(job.template, tag) { return (text, tag) }
        }
        throw NotificationError.unknownTemplate(job.template)
    }

    private func context(of job: MailJob) throws -> JSONValue {
        let context = try secrets.opened(job)
        guard case .object(let members) = context else { return context }
        return .object(members.merging(common) { own, _ in own })
    }

    private var common: [String: JSONValue] { ["shop_name": .string(shopName), "shop_url": .string(shopURL)] }
}

extension ComposedMail {
    /// Says in which language it is written; in its HTML too, where the text leaves that open.
    fileprivate mutating func write(in tag: String) {
        language = tag
        let (before, document) = html.halves(before: "<html>")
        guard !document.isEmpty else { return }
        let rest = String(document.unicodeScalars.dropFirst("<html>".unicodeScalars.count))
        html = before + "<html lang=\"\(tag.escapedForHTML)\">" + rest
    }

    /// Puts the link by which its recipient leaves the list into the header, and at the end of a part that does not show it.
    fileprivate mutating func offer(_ unsubscribe: String) {
        unsubscribeURL = unsubscribe
        let words = language.begins(with: "de") ? "Von diesen Mails abmelden" : "Unsubscribe from these mails"
        if !text.holds(text: unsubscribe) { text += "\n\(words):\n\(unsubscribe)\n" }
        let link = unsubscribe.escapedForHTML
        guard !html.holds(text: link) else { return }
        let line = "<p><small><a href=\"\(link)\">\(words)</a></small></p>"
        let parts = html.halves(before: "</body>")
        html = parts.0 + line + parts.1
    }
}

extension String {
    /// Returns what stands before the first `mark`, and the rest with it; all and nothing where it does not occur.
    func halves(before mark: String) -> (String, String) {
        guard let place = offset(of: mark) else { return (self, "") }
        return (
            String(decoding: utf8.prefix(place), as: UTF8.self), String(decoding: utf8.dropFirst(place), as: UTF8.self)
        )
    }
}

extension JSONValue {
    fileprivate func adding(_ name: String, _ text: String) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[name] = .string(text)
        return .object(members)
    }
}

/// The parsed texts; a handful in every shop.
private final class ParsedMails: Sendable {
    private static let most = 500
    private let mails = Mutex<[MailText: ParsedMail]>([:])

    func mail(for text: MailText) throws -> ParsedMail {
        if let known = mails.withLock({ $0[text] }) { return known }
        let parsed = try ParsedMail(text)
        mails.withLock {
            if $0.count >= Self.most { $0.removeAll() }
            $0[text] = parsed
        }
        return parsed
    }
}
