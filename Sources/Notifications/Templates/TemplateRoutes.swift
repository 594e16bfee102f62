import Commerce
import HTTPTypes
import Jobs
import Messages
import Primitives
import SQL
import Web

/// The endpoints of templates for staff.
struct TemplateRoutes: Sendable {
    static let path = "/api/admin/email-templates/"
    static let permission = "notifications.edit"

    let database: any Database
    let resource: TemplateResource
    let jobs: JobQueue

    var group: EndpointGroup {
        EndpointGroup(
            "Notifications",
            ResourceEndpoints(
                resource, at: Self.path, "email template", "email templates", permission: Self.permission, in: database
            ).endpoints + [
                Endpoint(
                    .post, Self.path + "{id}/preview/", "Shows a template filled in, or what it would say instead.",
                    access: .staff(Self.permission), use: preview
                ).refusing(.notFound, .badRequest).changingNothing(),
                Endpoint(
                    .post, Self.path + "{id}/test/", "Sends a template to an address.",
                    access: .staff(Self.permission), status: .accepted, in: database, use: test
                ).refusing(.notFound),
                Endpoint(
                    .post, Self.path + "{id}/reset/", "Makes a template say again what the shop comes with.",
                    access: .staff(Self.permission), in: database, use: reset
                ).refusing(.notFound, .conflict, .preconditionFailed),
            ])
    }

    private func preview(_ call: APIRequest, _ input: PreviewInput) async throws -> PreviewBody {
        let template = try await database.read { try require(call, $0) }
        try resource.check(input.context, of: template.type)
        guard let draft = input.draft(of: template) else {
            return PreviewBody(
                try resource.composer.compose(
                    template.content, of: template.type, in: template.language, with: input.context))
        }
        return PreviewBody(try resource.preview(draft, with: input.context))
    }

    private func test(_ call: APIRequest, _ input: TestInput, _ tx: Transaction) throws -> Detail {
        let template = try require(call, tx)
        try resource.check(input.context, of: template.type)
        var values = resource.composer.catalog.sample(of: template.type)
        for name in ["shop_name", "shop_url"] { values[name] = nil }
        let context = values.merging(input.context) { _, own in own }
        try jobs.enqueue(
            MailJob(of: template.type, textID: template.id.rawValue, to: input.email, context: .object(context)), in: tx
        )
        return Detail("The mail is on its way.")
    }

    private func reset(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> TemplateBody {
        let template = try require(call, tx)
        try call.checkVersion(template.version)
        try call.recordBefore(resource.body(of: template))
        try resource.reset(template, in: tx)
        return resource.body(of: try require(call, tx))
    }

    private func require(_ call: APIRequest, _ connection: Connection) throws -> EmailTemplate {
        guard let template = try resource.find(try call.id("id"), connection) else { throw NotFound() }
        return template
    }
}

/// The values for a preview, of which those that are left out are the sample's, and parts to see in place of the template's own.
struct PreviewInput: Input {
    let context: [String: JSONValue]
    private let subject: String?
    private let html: String?
    private let text: String?

    init(_ fields: Fields) {
        context = fields.values("context")
        subject = Self.part(fields, "subject", length: 0...500)
        html = Self.part(fields, "html_content", length: 0...200_000)
        text = Self.part(fields, "text_content", length: 0...100_000)
    }

    /// Returns the template with the parts that were sent; nil where none was.
    func draft(of template: EmailTemplate) -> EmailTemplate? {
        guard subject != nil || html != nil || text != nil else { return nil }
        let own = template.content
        return template.saying(
            MailText(subject: subject ?? own.subject, text: text ?? own.text, html: html ?? own.html))
    }

    /// Reads a part, which may be blank while somebody types; nil where it was not sent.
    private static func part(_ fields: Fields, _ name: String, length: ClosedRange<Int>) -> String? {
        let text = fields.string(name, .optional(""), length: length, trims: false)
        return fields.isPresent(name) ? text : nil
    }
}

struct TestInput: Input {
    let email: String
    let context: [String: JSONValue]

    init(_ fields: Fields) {
        email = fields.email("email")
        context = fields.values("context")
    }
}

/// A template filled in.
struct PreviewBody: ResponseBody {
    let subject: String
    let html: String
    let text: String

    init(_ mail: ComposedMail) {
        (subject, html, text) = (mail.subject, mail.html, mail.text)
    }
}

/// A template as staff see it.
struct TemplateBody: ResponseBody {
    let id: EmailTemplateID
    let name: String
    let templateType: String
    let language: String
    let subject: String
    let htmlContent: String
    let textContent: String
    let variables: [String]
    let isActive: Bool
    /// Whether it says what the shop comes with.
    let isDefault: Bool
    /// Whether the shop comes with a text for its type and language, to which it can be reset and by which it cannot be deleted.
    let isShipped: Bool
    let version: Int
    let createdAt: Timestamp?
    let updatedAt: Timestamp?

    init(_ template: EmailTemplate, variables: [String], isShipped: Bool) {
        id = template.id
        (name, templateType, language) = (template.name, template.type, template.language)
        (subject, htmlContent, textContent) = (template.subject, template.html, template.text)
        self.variables = variables
        self.isShipped = isShipped
        (isActive, isDefault, version) = (template.isActive, template.isDefault, template.version)
        (createdAt, updatedAt) = (template.createdAt, template.updatedAt)
    }
}
