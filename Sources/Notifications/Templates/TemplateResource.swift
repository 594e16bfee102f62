import Commerce
import Messages
import Primitives
import SQL
import Web

/// Templates as staff edit them.
struct TemplateResource: AdminResource {
    let composer: MailComposer
    let time: TimeSource

    private var catalog: MailCatalog { composer.catalog }

    var blank: EmailTemplate {
        var blank = EmailTemplate()
        blank.language = catalog.language
        return blank
    }

    static var defaultOrdering: Ordering<TemplateSortKey> { Ordering(.type) }

    static func change(_ fields: Fields) -> Change<EmailTemplate> {
        var change = Change<EmailTemplate>()
        change.set(\.name, to: fields.ifSent("name") { $0.string($1, .optional(""), length: 0...200) })
        change.set(\.type, to: fields.ifSent("template_type") { $0.string($1, .optional(""), length: 1...100) })
        change.set(\.language, to: fields.ifSent("language") { language($0, $1) } ?? nil)
        change.set(\.subject, to: fields.sent("subject") { $0.string($1, length: 1...500) })
        change.set(\.html, to: fields.sent("html_content") { $0.string($1, length: 1...200_000, trims: false) })
        change.set(\.text, to: fields.sent("text_content") { $0.string($1, length: 1...100_000, trims: false) })
        change.set(\.isActive, to: fields.ifSent("is_active") { $0.boolean($1, .optional(true)) })
        return change
    }

    private static func language(_ fields: Fields, _ name: String) -> String? {
        guard let sent = fields.optionalString(name, length: 0...35) else { return nil }
        let tag = LanguageTag.normal(sent)
        if tag == nil { fields.fail(name, "Enter a language tag.") }
        return tag
    }

    static func filter(_ fields: Fields) -> TemplateFilter {
        TemplateFilter(
            type: fields.optionalString("template_type", length: 0...100),
            language: fields.optionalString("language", length: 0...35)?.lowercased(),
            isActive: fields.optionalBoolean("is_active"), isDefault: fields.optionalBoolean("is_default"),
            search: fields.optionalString("search", length: 0...100)?.lowercased())
    }

    static func version(of template: EmailTemplate) -> Int { template.version }

    func count(_ filter: TemplateFilter, _ connection: Connection) throws -> Int {
        try TemplateQueries.all(catalog, connection).count(where: filter.admits)
    }

    /// Templates are some dozens, most of which have no row: they are sorted here.
    func rows(
        _ filter: TemplateFilter, by order: Ordering<TemplateSortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [EmailTemplate] {
        let found = try TemplateQueries.all(catalog, connection).filter(filter.admits)
        let sorted = found.sorted { order.key.precedes($0, $1, isDescending: order.descending) }
        return Array(sorted.dropFirst(page.offset).prefix(page.size))
    }

    func find(_ id: EmailTemplateID, _ connection: Connection) throws -> EmailTemplate? {
        try TemplateQueries.find(id, catalog, connection)
    }

    /// Makes a text of the shop's own, for a language that the shop does not come with or in place of the one that it does.
    func insert(_ template: EmailTemplate, in tx: Transaction) throws -> EmailTemplateID {
        var template = try checked(template)
        template.id = EmailTemplateID(of: template.type, in: template.language)
        if let known = try find(template.id, tx) {
            guard known.isDefault else { throw ValidationError.taken("language", by: "email template") }
            template.version = known.version
        } else {
            template.version = 0
        }
        let isSaved = try unique("language", "email template") { try TemplateQueries.save(template, at: time.now, tx) }
        guard isSaved else {
            throw SQLError(.conflict, message: "the template was changed by another transaction")
        }
        return template.id
    }

    func update(_ template: EmailTemplate, in tx: Transaction) throws -> Bool {
        let checked = try checked(template)
        guard EmailTemplateID(of: checked.type, in: checked.language) == template.id else {
            throw ValidationError("template_type", "Type and language of a template stay as they are.")
        }
        return try TemplateQueries.save(checked, at: time.now, tx)
    }

    func delete(_ template: EmailTemplate, in tx: Transaction) throws {
        guard catalog.text(template.type, template.language) == nil else { throw NotificationError.shippedTemplate }
        try TemplateQueries.delete(template.id, tx)
    }

    /// Makes a template say again what the shop comes with.
    ///
    /// - Throws: `NotificationError.ownTemplate` where it comes with nothing, `SQLError`.
    func reset(_ template: EmailTemplate, in tx: Transaction) throws {
        guard let content = catalog.text(template.type, template.language) else { throw NotificationError.ownTemplate }
        guard !template.isDefault else { return }
        var reset = template.saying(content)
        (reset.name, reset.isActive, reset.isDefault) = (MailCatalog.name(of: template.type), true, true)
        guard try TemplateQueries.save(reset, at: time.now, tx) else {
            throw SQLError(.conflict, message: "the template was changed by another transaction")
        }
    }

    /// Composes a text that is not saved.
    ///
    /// - Throws: `ValidationError` on the parts that do not render, `NotificationError.badTemplate`.
    func preview(_ draft: EmailTemplate, with values: [String: JSONValue]) throws -> ComposedMail {
        try TemplateCheck(draft, catalog.sample(of: draft.type)).run()
        return try composer.compose(draft.content, of: draft.type, in: draft.language, with: values, isKept: false)
    }

    /// Refuses values for variables that mails of a type do not have.
    ///
    /// - Throws: `ValidationError` on `context`, by the names of the variables.
    func check(_ context: [String: JSONValue], of type: String) throws {
        let known = catalog.sample(of: type)
        let wrong = context.filter { known[$0.key] == nil }.map { name, _ in
            (name, FieldErrors.messages(["There is no variable \"\(name)\"."]))
        }
        guard wrong.isEmpty else {
            throw ValidationError(.members(["context": .members(Dictionary(wrong) { first, _ in first })]))
        }
    }

    func body(of template: EmailTemplate) -> TemplateBody {
        TemplateBody(
            template, variables: TemplateVariables.names(of: catalog.sample(of: template.type)),
            isShipped: catalog.text(template.type, template.language) != nil)
    }

    /// Returns a template of which all parts render with the sample of its type.
    private func checked(_ template: EmailTemplate) throws -> EmailTemplate {
        if template.type.isEmpty { throw ValidationError("template_type", "This field is required.") }
        guard catalog.holds(template.type) else {
            throw ValidationError("template_type", "\"\(template.type)\" is not a valid choice.")
        }
        var template = template
        if template.name.isEmpty { template.name = MailCatalog.name(of: template.type) }
        try TemplateCheck(template, catalog.sample(of: template.type)).run()
        template.isDefault = catalog.text(template.type, template.language) == template.content
        if template.isDefault, !template.isActive {
            throw ValidationError("is_active", "The text that the shop comes with cannot be switched off.")
        }
        return template
    }
}
