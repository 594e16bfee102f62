import Commerce
import Jobs
import Modules
import Outbound
import Primitives
import SQL
import Web

/// The sandbox as a whole: the gateway, the pages and controls of its provider, and the jobs that send its webhooks.
public struct Sandbox: Sendable {
    /// The name of the setting that switches it on, also where it would be off: in production.
    public static let setting = "SANDBOX_GATEWAY"

    /// The gateway, as the shop calls it.
    public let gateway: SandboxGateway
    /// The endpoints of the provider: pages for payers, controls for developers. None where the sandbox is off.
    public let endpoints: [EndpointGroup]
    /// The handlers of its jobs, also where it is off: what was enqueued before is brought to an end.
    public let jobs: [JobHandler]

    /// Makes the sandbox.
    ///
    /// `baseURL` is asked each time: the scheme and host of this shop, without a final slash, to which payers and webhooks are sent.
    /// `shopName` stands on the pages.
    public init(
        database: any Database, jobs queue: JobQueue, client: HTTPClient, secret: SecretKey, shopName: String,
        baseURL: @escaping @Sendable () -> String, isOn: Bool = true, capturesAutomatically: Bool = true,
        time: TimeSource = .machine, random: RandomSource = .system
    ) {
        let provider = SandboxProvider(jobs: queue, baseURL: baseURL, time: time, random: random)
        let signature = SandboxSignature(secret)
        gateway = SandboxGateway(
            capturesAutomatically: capturesAutomatically, provider: provider, database: database, signature: signature)
        let postman = SandboxPostman(
            database: database, client: client, signature: signature, baseURL: baseURL, time: time)
        jobs = Self.handlers(provider, postman)
        endpoints =
            isOn
            ? [
                SandboxPageRoutes(database: database, provider: provider, shopName: shopName).group,
                SandboxControlRoutes(database: database, provider: provider).group,
            ] : []
    }

    /// Returns whether the settings switch the sandbox on; `fallback` where they do not name it: true for a demonstration, false in
    /// production.
    ///
    /// - Throws: `SettingsError` naming the setting.
    public static func isOn(_ source: any SettingsSource, or fallback: Bool) throws(SettingsError) -> Bool {
        try source.flag(setting, or: fallback)
    }

    /// The age at which events are deleted: longer than they are sent again.
    private static let eventAge = TimeSpan.days(30)

    /// What of the provider's own rows expires: keys of requests, and events.
    static let purges: [Purge] = [
        { now, limit, tx in
            try SandboxRequestQueries.purge(before: now - SandboxProvider.keyLifetime, limit: limit, tx)
        },
        { now, limit, tx in try SandboxEventQueries.purge(before: now - eventAge, limit: limit, tx) },
    ]

    private static func handlers(_ provider: SandboxProvider, _ postman: SandboxPostman) -> [JobHandler] {
        [
            .external(SendSandboxWebhook.self) { job, _ in
                try await postman.send(job.event)
                return JobHandler.nothingToWrite
            },
            .transactional(SettleSandboxPayment.self) { job, tx in
                try provider.settle(job.payment, succeeds: job.succeeds, tx)
            },
        ]
    }
}
