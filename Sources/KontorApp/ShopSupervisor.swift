import LiveSettings
import Logging
import SQL
import ServiceLifecycle

/// Runs the jobs of the shop that serves, and puts another shop in its place where its settings have changed, here or in
/// another process over the same database.
struct ShopSupervisor: Service {
    /// How often it looks for what other processes have changed: one statement over a handful of rows.
    private static let interval = Duration.seconds(2)

    let live: LiveShop
    let logger: Logger

    /// Works until the graceful shutdown, which ends the jobs as well.
    func run() async throws {
        let turnover = live.current.installation.turnover
        let looks = turnover.begin(serving: live.current.settingsVersion)
        defer { turnover.end() }
        try await withGracefulShutdownHandler {
            try await work(turnover, looks)
        } onGracefulShutdown: {
            turnover.end()
        }
    }

    private func work(_ turnover: SettingsTurnover, _ looks: AsyncStream<Void>) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var runner = jobs(of: live.current)
            group.addTask { [runner] in try await runner.run() }
            group.addTask { await keepLooking(turnover) }
            for await _ in looks {
                guard let next = await successor(of: live.current) else { continue }
                let former = runner
                let following = jobs(of: next)
                runner = following
                live.replace(by: next)
                turnover.serves(next.settingsVersion)
                group.addTask { try await following.run() }
                // What its jobs have begun they finish; the next runner takes what waits.
                await former.triggerGracefulShutdown()
            }
        }
    }

    /// A group of its own, so that one shop's jobs can end while another's go on.
    private func jobs(of shop: Shop) -> ServiceGroup {
        ServiceGroup(services: [shop.runner], logger: logger)
    }

    private func keepLooking(_ turnover: SettingsTurnover) async {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.interval)) != nil { turnover.wake() }
        }
    }

    /// Returns the shop by the settings as they are now; nil where they have not changed, or none can be made: the one that
    /// serves then goes on.
    private func successor(of shop: Shop) async -> Shop? {
        let installation = shop.installation
        var version = 0
        do {
            version = try await installation.database.read { try SavedSettings.version($0) }
            guard installation.turnover.isNew(version) else { return nil }
            let saved = try await installation.savedSettings()
            version = saved.version
            let next = try await Shop(configured: try installation.with(saved), after: shop)
            try await next.identify()
            logger.notice(
                "the shop serves by changed settings", metadata: ["version": .stringConvertible(version)])
            return next
        } catch let error as SQLError {
            logger.debug("the settings cannot be read", metadata: ["error": "\(error)"])
        } catch {
            installation.turnover.refuses(version)
            logger.error(
                "the settings have changed, and no shop can be made of them: the former ones go on",
                metadata: ["version": .stringConvertible(version), "error": "\(error)"])
        }
        return nil
    }
}

extension Shop {
    /// The version of the settings of staff that it was made of.
    var settingsVersion: Int { installation.settings.source.saved.version }
}
