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

    /// Makes the module, once there are `accounts` whose archives it gathers.
    public func module(_ accounts: AccountsService) -> Module {
        var module = Module("Privacy")
        module.jobs = [privacy.handler(accounts.exports)] + privacy.erasureHandlers
        module.cron = [PrivacyService.cron]
        return module
    }
}
