import AdminPages
import Jobs
import Messages
import Web

/// Everything that a room contributes to the shop, as a value that the composition root, `Privacy`, `kontor check` and
/// the document of the API read. Each room makes its own in `XModule.swift`.
public struct Module: Sendable {
    /// The room's name, as errors show it.
    public let name: String
    /// The endpoints, grouped by the tags of the document of the API.
    public var endpoints: [EndpointGroup] = []
    /// The handlers that the job runner calls, one for each kind of job.
    public var jobs: [JobHandler] = []
    /// The jobs that are enqueued on a schedule.
    public var cron: [CronEntry] = []
    /// Folders of the media store that the room's rows name files in.
    public var mediaFolders: [MediaFolder] = []
    /// The permissions that the room's endpoints ask staff for.
    public var permissions: [Permission] = []
    /// Mails that the room sends, by the type of their template.
    public var mailTemplates: [String: MailTemplate] = [:]
    /// The personal data in the room's tables: how it is exported and erased.
    public var personalData = PersonalData()
    /// The checks that `kontor check` runs on the database.
    public var checks: [ModuleCheck] = []
    /// The deletions of expired rows that the housekeeping job runs.
    public var purges: [Purge] = []
    /// The screens of the admin that show the room's rows.
    public var screens: [AdminScreen] = []
    /// The reports of the admin about the room's rows.
    public var reports: [AdminReport] = []
    /// The types that read the room's settings.
    public var settings: [any ModuleSettings.Type] = []

    /// Creates a module of the room `name`, which brings nothing yet.
    public init(_ name: String) {
        self.name = name
    }
}
