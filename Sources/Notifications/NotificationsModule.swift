import Messages
import Modules
import Outbound
import Primitives
import SQL

/// What messages bring. They are made after all rooms that send some.
public struct NotificationsModule: Sendable {
    /// The jobs that send mail and SMS, the endpoints of the mailbox, and what is erased of messages.
    public let module: Module

    /// Makes the jobs that send; `templates` are the mails of all rooms.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used, `OutboundError` where no thread can be had.
    public init(_ context: ModuleContext, client: HTTPClient, templates: [String: MailTemplate]) throws {
        let settings = try NotificationsSettings(context.settings, context.shop)
        let composer = MailComposer(
            shopName: context.shop.name, shopURL: context.shop.frontendURL, secrets: MailSecrets(context.secret),
            templates: templates)
        let messages = MessageJobs(
            context.database, composer: composer, transport: try MailTransport(settings.mail, time: context.time),
            sms: SMSTransport(settings.sms, client: client), time: context.time)
        var module = Module("Notifications")
        module.endpoints = [MailboxRoutes(context.database).group]
        module.jobs = messages.handlers
        module.permissions = [Permission("mailbox.view", "Read and empty the built-in mailbox.")]
        module.personalData = Self.personalData
        module.purges = [
            { now, limit, tx in try GuestMailQueries.purge(before: now - .hours(2), limit: limit, in: tx) }
        ]
        if let age = settings.mailboxAge {
            module.purges.append { now, limit, tx in
                try MailboxQueries.purge(before: now - age, limit: limit, tx)
            }
        }
        module.settings = [NotificationsSettings.self]
        self.module = module
    }

    /// What a guest was sent goes only where the address was shown to be the user's, and for the time that it was.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = [MailboxErasureQueries.archive]
        data.erase = [
            .rows(in: .messages) { user, limit, tx in
                try MailboxErasureQueries.erase(of: user.id, limit: limit, tx)
            },
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
                }
            }
        ]
        return data
    }
}
