import Messages
import Modules
import Outbound
import Primitives
import SQL
import Web

/// What messages bring. They are made after all rooms that send some.
public struct NotificationsModule: Sendable {
    /// The jobs that send mail and SMS, the endpoints of the mailbox, and what is erased of messages.
    public let module: Module

    /// Makes the jobs that send; `templates` are the mails of all rooms, `readers` asks the room that has the accounts.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used, `OutboundError` where no thread can be had.
    public init(
        _ context: ModuleContext, client: HTTPClient, templates: [String: MailTemplate], readers: MailReaders
    ) throws {
        let settings = try NotificationsSettings(context.settings, context.shop)
        let composer = MailComposer(
            shopName: context.shop.name, shopURL: context.shop.frontendURL, secrets: MailSecrets(context.secret),
            templates: templates, language: context.shop.language)
        let links = MailLinks(context.secret, address: context.address)
        let transport = try MailTransport(settings.mail, time: context.time)
        let messages = MessageJobs(
            context.database, composer: composer, transport: transport,
            sms: SMSTransport(settings.sms, client: client), readers: readers, links: links,
            time: context.time)
        var module = Module("Notifications")
        module.endpoints =
            Self.endpoints(context, settings, composer, links, readers)
            + [TestMailRoutes(context, settings.mail, transport).group]
        module.jobs = messages.handlers
        module.permissions = [
            Permission("mailbox.view", "Read and empty the built-in mailbox."),
            Permission("notifications.view", "Read the log of mails and the addresses that get none."),
            Permission("notifications.edit", "Change mail templates, send mails again, and keep addresses from mail."),
        ]
        module.personalData = Self.personalData
        module.purges = Self.purges(settings)
        module.settings = [NotificationsSettings.self]
        let types = templates.keys.sorted()
        module.screens = [Self.templates(types: types), Self.logs(types: types), Self.suppressions, Self.mailbox]
        self.module = module
    }

    private static func endpoints(
        _ context: ModuleContext, _ settings: NotificationsSettings, _ composer: MailComposer, _ links: MailLinks,
        _ readers: MailReaders
    ) -> [EndpointGroup] {
        let (database, time) = (context.database, context.time)
        let preferences = PreferenceService(readers: readers, time: time)
        return [
            MailboxRoutes(database).group,
            PreferenceRoutes(database: database, service: preferences).group,
            EmailLogRoutes(database: database, jobs: context.jobs, readers: readers).group,
            TemplateRoutes(
                database: database, resource: TemplateResource(composer: composer, time: time), jobs: context.jobs
            ).group,
            BounceRoutes(
                database: database, service: BounceService(softLimit: settings.softBounces, time: time),
                token: settings.bounceToken.map { Digest.sha256($0.utf8) },
                reader: InputReader(currency: context.shop.currency)
            ).group,
            LinkRoutes(
                database: database, links: links, preferences: preferences, shopName: context.shop.name,
                language: context.shop.language
            ).group,
        ]
    }

    private static func purges(_ settings: NotificationsSettings) -> [Purge] {
        var purges: [Purge] = [
            { now, limit, tx in try GuestMailQueries.purge(before: now - .hours(2), limit: limit, in: tx) },
            { now, limit, tx in try BounceQueries.purge(before: now - BounceService.memory, limit: limit, tx) },
        ]
        if let age = settings.mailboxAge {
            purges.append { now, limit, tx in try MailboxQueries.purge(before: now - age, limit: limit, tx) }
        }
        if let age = settings.logAge {
            purges.append { now, limit, tx in try EmailLogQueries.purge(before: now - age, limit: limit, tx) }
        }
        return purges
    }

    /// What a guest was sent goes only where the address was shown to be the user's, and for the time that it was.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = [MailboxErasureQueries.archive, EmailLogErasure.archive, PreferenceQueries.archive]
        data.erase = [
            .rows(in: .messages) { user, limit, tx in
                try MailboxErasureQueries.erase(of: user.id, limit: limit, tx)
            },
            .rows(in: .messages) { user, limit, tx in try EmailLogQueries.erase(of: user.id, limit: limit, tx) },
            .rows { user, _, tx in try PreferenceQueries.erase(user.id, tx) },
            .work(in: .messages, EmailLogErasure.eraseAddresses),
            .work(in: .messages) { user, work in
                for address in user.addresses {
                    try await work.repeated {
                        try MailboxErasureQueries.erase(to: address, limit: ErasureWork.chunk, $0)
                    }
                }
            },
        ]
        data.eraseWithOrders = [
            { orders, limit, tx in
                for order in orders where order.isGuests {
                    try MailboxErasureQueries.erase(to: order.email, about: order.number, limit: limit, tx)
                    try EmailLogQueries.erase(
                        to: MailRecipient.key(order.email), about: order.number, limit: limit, tx)
                }
            }
        ]
        return data
    }
}
