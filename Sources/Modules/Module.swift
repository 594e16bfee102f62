import Jobs
import Messages
import Web

/// What a room brings to the shop: a value that the composition root, `Privacy`, `kontor check` and the document of the API
/// read. A room has one in its `XModule.swift`.
public struct Module: Sendable {
    /// The room, as errors name it.
    public let name: String
    /// Endpoints by the tags of the document.
    public var endpoints: [EndpointGroup] = []
    /// What the job runner does.
    public var jobs: [JobHandler] = []
    /// What it does again and again.
    public var cron: [CronEntry] = []
    /// Folders of the media store that the room's rows name files in.
    public var mediaFolders: [MediaFolder] = []
    /// Names under which staff are let do what the room has.
    public var permissions: [Permission] = []
    /// Mails that the room sends, by the type of their template.
    public var mailTemplates: [String: MailTemplate] = [:]
    /// What the room knows of people, and how it forgets them.
    public var personalData = PersonalData()
    /// What `kontor check` looks at.
    public var checks: [ModuleCheck] = []
    /// What housekeeping clears away.
    public var purges: [Purge] = []
    /// What the room reads of the settings.
    public var settings: [any ModuleSettings.Type] = []

    public init(_ name: String) {
        self.name = name
    }
}
