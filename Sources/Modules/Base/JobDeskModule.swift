import Jobs

/// The endpoints and the screens by which staff look after the job queue. They are made last: they show the schedule of all
/// rooms. The permissions are ``JobsModule``'s, which is made before.
public struct JobDeskModule: Sendable {
    /// The endpoints and the screens.
    public let module: Module

    /// Creates a module that shows these cron entries, and offers these kinds of jobs to look for.
    public init(_ context: ModuleContext, cron: [CronEntry], kinds: [String]) {
        var module = Module("Job desk")
        module.endpoints = [JobRoutes(database: context.database, jobs: context.jobs, cron: cron).group]
        module.screens = [Self.jobs(kinds: kinds.sorted()), Self.cron]
        self.module = module
    }
}
