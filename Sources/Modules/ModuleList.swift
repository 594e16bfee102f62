import HTTPTypes
import Jobs
import Messages
import Web

/// All modules of a shop, in the order in which the document of the API shows them.
public struct ModuleList: Sendable {
    public let modules: [Module]

    /// Puts modules together.
    ///
    /// - Throws: `ModuleError` where two bring the same, or where an endpoint asks for a permission that none brings.
    public init(_ modules: [Module]) throws(ModuleError) {
        self.modules = modules
        try Self.check(modules, "the module") { [$0.name] }
        try Self.check(modules, "the permission") { $0.permissions.map(\.name) }
        try Self.check(modules, "the media folder") { $0.mediaFolders.map(\.name) }
        try Self.check(modules, "the job") { $0.jobs.map(\.kind) }
        try Self.check(modules, "the cron entry") { $0.cron.map(\.name) }
        try Self.check(modules, "the mail") { $0.mailTemplates.keys.sorted() }
        try checkPermissions()
    }

    public var endpoints: [EndpointGroup] { modules.flatMap(\.endpoints) }
    public var jobs: [JobHandler] { modules.flatMap(\.jobs) }
    public var cron: [CronEntry] { modules.flatMap(\.cron) }
    public var mediaFolders: [MediaFolder] { modules.flatMap(\.mediaFolders) }
    /// By name.
    public var permissions: [Permission] { modules.flatMap(\.permissions).sorted { $0.name < $1.name } }
    public var personalData: [PersonalData] { modules.map(\.personalData) }
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

/// Modules that do not go together.
public enum ModuleError: Error, Equatable, CustomStringConvertible {
    case broughtTwice(String, by: [String])
    case unknownPermission(String, of: String)

    public var description: String {
        switch self {
        case .broughtTwice(let what, let rooms): "\(what) is brought by \(rooms.joined(separator: " and "))"
        case .unknownPermission(let name, let endpoint):
            "\(endpoint) asks for the permission \(name), which no module brings"
        }
    }
}
