import Accounts
import Modules

/// What `Privacy` brings. It is made in two steps, since accounts begin what it does, and it ends what accounts begin.
public struct PrivacyModule: Sendable {
    /// The service that accounts call when a user is deleted.
    public let privacy: PrivacyService

    /// Makes the service over what all rooms know of people.
    public init(_ context: ModuleContext, data: [PersonalData]) {
        privacy = PrivacyService(
            database: context.database, store: context.media, jobs: context.jobs, random: context.random, data: data)
    }

    /// Makes the module, once accounts are there, whose `archives` it gathers.
    public func module(_ archives: DataExports) -> Module {
        var module = Module("Privacy")
        module.jobs = [privacy.handler(archives)] + privacy.erasureHandlers
        module.cron = [PrivacyService.cron]
        return module
    }
}
