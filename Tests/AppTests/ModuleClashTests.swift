import Commerce
import HTTPTypes
import Jobs
import Messages
import Modules
import Primitives
import SQL
import Testing
import Web

/// What a list of modules says of its modules, and which pairs of names it keeps apart.
@Suite struct ModuleClashTests {
    private struct Tick: JobPayload {
        static let kind = "clash.tick"
    }

    private struct Tock: JobPayload {
        static let kind = "clash.tock"
    }

    private static func module(_ name: String, _ change: (inout Module) -> Void = { _ in }) -> Module {
        var module = Module(name)
        change(&module)
        return module
    }

    private static func endpoint(_ template: String, _ access: Access) -> EndpointGroup {
        EndpointGroup(
            "Clash",
            [
                Endpoint(.delete, template, "Deletes.", access: access) { (_: APIRequest, _: NoInput) -> NoContent in
                    NoContent()
                }
            ])
    }

    @Test func `one module cannot bring the same twice either`() throws {
        let twice = Self.module("Notes") {
            $0.permissions = [Permission("notes.edit", "Change notes."), Permission("notes.edit", "Delete notes.")]
        }
        #expect(throws: ModuleError.broughtTwice("the permission notes.edit", by: ["Notes", "Notes"])) {
            try ModuleList([twice])
        }
        let handler = JobHandler.transactional(Tick.self) { _, _ in }
        let jobs = Self.module("Notes") { $0.jobs = [handler, handler] }
        #expect(throws: ModuleError.broughtTwice("the job clash.tick", by: ["Notes", "Notes"])) {
            try ModuleList([jobs])
        }
    }

    /// Names are compared to the letter, and only with names of their kind.
    @Test func `names that only look alike go together`() throws {
        let list = try ModuleList([
            Self.module("Notes") {
                $0.permissions = [Permission("notes.edit", "Change notes.")]
                $0.mediaFolders = [MediaFolder("notes") { _, _ in [] }]
                $0.cron = [CronEntry("notes", .every(.hours(1)), Tick())]
                $0.mailTemplates = ["notes": MailTemplate(subject: "Notes", text: "", html: "")]
            },
            Self.module("notes") {
                $0.permissions = [Permission("Notes.edit", "Change notes."), Permission("notes", "See notes.")]
                $0.mediaFolders = [MediaFolder("note") { _, _ in [] }]
                $0.cron = [CronEntry("notes.edit", .every(.hours(1)), Tick())]
                $0.mailTemplates = ["notes.edit": MailTemplate(subject: "Notes", text: "", html: "")]
            },
        ])
        #expect(list.modules.map(\.name) == ["Notes", "notes"])
        #expect(list.permissions.map(\.name) == ["Notes.edit", "notes", "notes.edit"], "by name")
        #expect(list.mediaFolders.map(\.name) == ["notes", "note"], "in the order of the modules")
        #expect(list.cron.map(\.name) == ["notes", "notes.edit"])
    }

    /// An access, and whether it needs a permission that somebody brings.
    private static let accesses: [(access: Access, isKnown: Bool)] = [
        (.anyone, true), (.optionalUser, true), (.user, true), (.admin, true), (.staff("notes.edit"), true),
        (.vendorOr("notes.edit"), true), (.staff("notes.view"), false), (.vendorOr("notes.view"), false),
        (.staff("Notes.edit"), false), (.staff(""), false), (.vendorOr("notes"), false),
    ]

    @Test func `an endpoint asks only for what some module brings, be it another one`() throws {
        for (access, isKnown) in Self.accesses {
            let modules = [
                Self.module("Desk") { $0.endpoints = [Self.endpoint("/api/desk/", access)] },
                Self.module("Notes") { $0.permissions = [Permission("notes.edit", "Change notes.")] },
            ]
            if isKnown {
                let list = try ModuleList(modules)
                #expect(list.endpoints.map(\.name) == ["Clash"] && list.permissions.count == 1, "\(access)")
            } else {
                let asked = access.permission ?? ""
                #expect(throws: ModuleError.unknownPermission(asked, of: "DELETE /api/desk/"), "\(access)") {
                    try ModuleList(modules)
                }
            }
        }
    }

    @Test func `the first clash is told in words, with both who bring it`() throws {
        let first = JobHandler.transactional(Tick.self) { _, _ in }
        let second = JobHandler.transactional(Tock.self) { _, _ in }
        let modules = [
            Self.module("One") { $0.jobs = [first] }, Self.module("Two") { $0.jobs = [second] },
            Self.module("Three") { $0.jobs = [second, first] },
        ]
        let error = #expect(throws: ModuleError.self) { try ModuleList(modules) }
        #expect(error?.description == "the job clash.tock is brought by Two and Three")
        let unknown = ModuleError.unknownPermission("notes.view", of: "GET /api/notes/")
        #expect(unknown.description == "GET /api/notes/ asks for the permission notes.view, which no module brings")
        #expect(try ModuleList([]).endpoints.isEmpty)
    }
}
