import AdminPages
import HTTPTypes
import Jobs
import Messages
import Web

/// All modules of a shop, in the order in which the document of the API shows them.
public struct ModuleList: Sendable {
    /// The modules, in the order in which they were given.
    public let modules: [Module]

    /// Creates the modules of a shop, checked for conflicts.
    ///
    /// - Throws: `ModuleError` where two declare the same thing, or an endpoint asks for a permission that none
    /// declares.
    public init(_ modules: [Module]) throws(ModuleError) {
        self.modules = modules
        try Self.check(modules, "the module") { [$0.name] }
        try Self.check(modules, "the permission") { $0.permissions.map(\.name) }
        try Self.check(modules, "the media folder") { $0.mediaFolders.map(\.name) }
        try Self.check(modules, "the job") { $0.jobs.map(\.kind) }
        try Self.check(modules, "the cron entry") { $0.cron.map(\.name) }
        try Self.check(modules, "the screen") { $0.screens.map(\.name) }
        try Self.check(modules, "the report") { $0.reports.map(\.name) }
        try Self.check(modules, "the mail") { $0.mailTemplates.keys.sorted() }
        try checkPermissions()
    }

    /// The endpoints of all modules, in their order.
    public var endpoints: [EndpointGroup] { modules.flatMap(\.endpoints) }
    /// The job handlers of all modules; no two have the same kind.
    public var jobs: [JobHandler] { modules.flatMap(\.jobs) }
    /// The scheduled jobs of all modules; no two have the same name.
    public var cron: [CronEntry] { modules.flatMap(\.cron) }
    /// The media folders of all modules; no two have the same name.
    public var mediaFolders: [MediaFolder] { modules.flatMap(\.mediaFolders) }
    /// The permissions of all modules, sorted by name.
    public var permissions: [Permission] { modules.flatMap(\.permissions).sorted { $0.name < $1.name } }
    /// The screens of the admin, in the order of the modules; no two have the same name.
    public var screens: [AdminScreen] { modules.flatMap(\.screens) }
    /// The reports of the admin, in the order of the modules; no two have the same name.
    public var reports: [AdminReport] { modules.flatMap(\.reports) }
    /// The personal data of each module, in the order of the modules.
    public var personalData: [PersonalData] { modules.map(\.personalData) }
    /// The checks of all modules, which `kontor check` runs.
    public var checks: [ModuleCheck] { modules.flatMap(\.checks) }

    private static func check(
        _ modules: [Module], _ what: String, _ names: (Module) -> [String]
    ) throws(ModuleError) {
        var owners: [String: String] = [:]
        for module in modules {
            for name in names(module) {
                if let other = owners.updateValue(module.name, forKey: name) {
                    throw .broughtTwice("\(what) \(name)", by: [other, module.name])
                }
            }
        }
    }

    private func checkPermissions() throws(ModuleError) {
        let known = Set(modules.flatMap(\.permissions).map(\.name))
        for endpoint in endpoints.flatMap(\.endpoints) {
            guard let asked = endpoint.access.permission, !known.contains(asked) else { continue }
            throw .unknownPermission(asked, of: "\(endpoint.method.rawValue) \(endpoint.template)")
        }
    }
}

/// A conflict between modules.
public enum ModuleError: Error, Equatable, CustomStringConvertible {
    /// Two modules declare the same thing: what, and the names of both.
    case broughtTwice(String, by: [String])
    /// An endpoint asks for a permission that no module declares.
    case unknownPermission(String, of: String)

    /// A sentence for the log and the command line.
    public var description: String {
        switch self {
        case .broughtTwice(let what, let rooms): "\(what) is brought by \(rooms.joined(separator: " and "))"
        case .unknownPermission(let name, let endpoint):
            "\(endpoint) asks for the permission \(name), which no module brings"
        }
    }
}
