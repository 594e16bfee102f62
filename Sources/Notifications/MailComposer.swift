import Messages
import Primitives
import SQL
import Synchronization

/// Composes the mail of a job: finds the template and fills it in.
public struct MailComposer: Sendable {
    let shopName: String
    /// The base URL of the shop's pages, without a final slash.
    let shopURL: String
    let secrets: MailSecrets
    private let templates: [String: MailTemplate]
    private let parsed = ParsedMails()

    /// Creates a composer; `secrets` opens what jobs carry sealed, `templates` are the built-in ones by type: an active
    /// row of `email_templates` of the same type replaces one.
    public init(
        shopName: String, shopURL: String, secrets: MailSecrets, templates: [String: MailTemplate]
    ) {
        self.templates = templates
        self.shopName = shopName
        self.shopURL = shopURL
        self.secrets = secrets
    }

    /// Composes the mail that `job` asks for, from the shop's own template if it has an active one, otherwise from the
    /// built-in one.
    ///
    /// - Throws: `NotificationError.unknownTemplate`, `NotificationError.badTemplate`, `SealedTextError`, `SQLError`.
    public func compose(_ job: MailJob, _ connection: Connection) throws -> ComposedMail {
        let own = try TemplateQueries.active(job.template, connection)
        guard let template = own ?? templates[job.template] else {
            throw NotificationError.unknownTemplate(job.template)
        }
        return try parsed.mail(for: template).compose(try context(of: job))
    }

    private func context(of job: MailJob) throws -> JSONValue {
        let context = try secrets.opened(job)
        guard case .object(let members) = context else { return context }
        let common: [String: JSONValue] = ["shop_name": .string(shopName), "shop_url": .string(shopURL)]
        return .object(members.merging(common) { own, _ in own })
    }
}

/// The parsed templates by their text; a handful in every shop.
private final class ParsedMails: Sendable {
    private static let most = 200
    private let mails = Mutex<[MailTemplate: ParsedMail]>([:])

    func mail(for template: MailTemplate) throws -> ParsedMail {
        if let known = mails.withLock({ $0[template] }) { return known }
        let parsed = try ParsedMail(template)
        mails.withLock {
            if $0.count >= Self.most { $0.removeAll() }
            $0[template] = parsed
        }
        return parsed
    }
}
