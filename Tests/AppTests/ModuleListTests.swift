import Commerce
import HTTPTypes
import Jobs
import Messages
import Modules
import Primitives
import SQL
import Testing
import Web

/// What modules may not bring together.
@Suite struct ModuleListTests {
    private struct Tick: JobPayload {
        static let kind = "notes.tick"
    }

    private static let handler = JobHandler.transactional(Tick.self) { _, _ in }

    private static func module(_ name: String, _ change: (inout Module) -> Void = { _ in }) -> Module {
        var module = Module(name)
        change(&module)
        return module
    }

    /// Things that a room alone may bring, each as a change of a module.
    private static let things: [(String, @Sendable (inout Module) -> Void)] = [
        ("the permission notes.edit", { $0.permissions = [Permission("notes.edit", "Change notes.")] }),
        ("the media folder notes", { $0.mediaFolders = [MediaFolder("notes") { _, _ in [] }] }),
        ("the job notes.tick", { $0.jobs = [handler] }),
        ("the cron entry notes.tick", { $0.cron = [CronEntry("notes.tick", .every(.hours(1)), Tick())] }),
        ("the mail note", { $0.mailTemplates = ["note": MailTemplate("A note", "", "")] }),
    ]

    @Test(arguments: things.indices)
    func `two modules cannot bring the same`(index: Int) throws {
        let (what, bring) = Self.things[index]
        _ = try ModuleList([Self.module("Notes", bring), Self.module("Others")])
        #expect(throws: ModuleError.broughtTwice(what, by: ["Notes", "Others"])) {
            try ModuleList([Self.module("Notes", bring), Self.module("Others", bring)])
        }
    }

    @Test func `two modules cannot have one name`() {
        #expect(throws: ModuleError.broughtTwice("the module Notes", by: ["Notes", "Notes"])) {
            try ModuleList([Self.module("Notes"), Self.module("Notes")])
        }
    }

    @Test func `an endpoint that asks for a permission that none brings keeps the shop from starting`() throws {
        let notes = Self.module("Notes") { module in
            module.endpoints = [
                EndpointGroup(
                    "Notes",
                    [
                        Endpoint(.delete, "/api/notes/", "Deletes all notes.", access: .staff("notes.edit")) {
                            (_: APIRequest, _: NoInput) -> NoContent in NoContent()
                        }
                    ])
            ]
        }
        #expect(throws: ModuleError.unknownPermission("notes.edit", of: "DELETE /api/notes/")) {
            try ModuleList([notes])
        }
        var brought = notes
        brought.permissions = [Permission("notes.edit", "Change notes.")]
        #expect(try ModuleList([brought]).permissions.map(\.name) == ["notes.edit"])
    }
}
