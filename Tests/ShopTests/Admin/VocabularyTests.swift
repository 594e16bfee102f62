import AdminPages
import Jobs
import Modules
import Primitives
import TestSupport
import Testing
import Web

@testable import Admin
@testable import KontorApp

/// The words of the wire that pages show, in German.
@Suite struct VocabularyTests {
    @Test func `each permission, and each kind of mail, has German words`() async throws {
        try await withShop(.sqlite) { stand in
            for permission in stand.shop.modules.permissions {
                let german = Messages.text(permission.summary, in: .german)
                #expect(german != permission.summary, "\(permission.name): \(german)")
                #expect(Vocabulary.permissions[permission.name] != nil, "\(permission.name) has no short words")
                let area = String(permission.name.prefix { $0 != "." })
                let words = [
                    PhraseWalk.Placed(permission.name, Vocabulary.phrase(for: permission.name) ?? Phrase("", "")),
                    PhraseWalk.Placed("the part \(area)", Vocabulary.area(area)),
                ]
                for fault in PhraseWalk.faults(in: words) { Issue.record("\(fault)") }
            }
            let mails = stand.shop.modules.modules.flatMap { $0.mailTemplates.keys }.sorted()
            #expect(mails.count > 30)
            Self.expectGerman(mails, "a mail")
        }
    }

    @Test func `each word that a list shows as a badge, or that a filter or a field offers, has German words`()
        async throws
    {
        try await withShop(.sqlite) { stand in
            let screens = stand.shop.modules.screens
            let api = APISchemas(try JSONValue(parsing: stand.shop.server.document))
            for screen in screens {
                let walk = ScreenWalk(screen, among: screens, api)
                for column in screen.columns where column.kind == .status {
                    let words = api.schema(at: column.member, in: walk.row).flatMap { api.words(of: $0) } ?? []
                    Self.expectGerman(words.sorted(), "\(screen.name), \(column.member)")
                }
                for filter in screen.filters {
                    guard case .choice(let words) = filter.kind else { continue }
                    Self.expectGerman(words, "\(screen.name), the filter \(filter.name)")
                }
                let fields = (screen.form?.fields ?? []) + (screen.actions + screen.commands).flatMap(\.fields)
                for field in fields {
                    switch field.kind {
                    case .choice(let words), .choices(let words):
                        Self.expectGerman(words, "\(screen.name), the field \(field.name)")
                    default: continue
                    }
                }
            }
        }
    }

    @Test func `each word that the page of a row shows as a badge has German words`() async throws {
        try await withShop(.sqlite) { stand in
            let screens = stand.shop.modules.screens
            let api = APISchemas(try JSONValue(parsing: stand.shop.server.document))
            var count = 0
            for screen in screens {
                let item = ScreenWalk(screen, among: screens, api).item
                for section in screen.sections {
                    let (columns, schema) = Self.shown(by: section, of: item, api)
                    for column in columns where column.kind == .status {
                        let words = api.schema(at: column.member, in: schema).flatMap { api.words(of: $0) } ?? []
                        Self.expectGerman(words.sorted(), "\(screen.name), \(column.member)")
                        count += words.count
                    }
                }
            }
            #expect(count > 50)
        }
    }

    /// The columns of a section and the schema of what they show.
    private static func shown(
        by section: AdminSection, of item: JSONValue, _ api: APISchemas
    ) -> (columns: [AdminColumn], schema: JSONValue) {
        switch section.content {
        case .facts(let columns): (columns, item)
        case .relatedFacts(let path, let columns): (columns, api.operation("GET", path)?.answer ?? .null)
        case .table(let member, let columns):
            (columns, api.schema(at: member, in: item).flatMap { api.core($0)["items"] } ?? .null)
        case .related(let path, let columns):
            (columns, api.operation("GET", path)?.answer.map { api.row(of: $0) } ?? .null)
        default: ([], .null)
        }
    }

    @Test func `each kind of job has words for people`() async throws {
        try await withShop(.sqlite) { stand in
            let kinds = Set(stand.shop.modules.jobs.map(\.kind) + stand.shop.modules.cron.map(\.name))
            #expect(kinds.count > 20)
            Self.expectGerman(kinds.sorted(), "a job")
        }
    }

    /// Words with a letter, and without what only programs read: methods, formats with a number.
    private static func expectGerman(_ words: [String], _ what: String) {
        let shown = words.filter { word in
            word.contains(where: \.isLowercase) && !(word.contains(".") && word.contains(where: \.isNumber))
                && word != "true" && word != "false"
        }
        let placed = shown.map { word -> PhraseWalk.Placed in
            PhraseWalk.Placed("\(what), \(word)", Vocabulary.phrase(for: word) ?? Phrase(word, word))
        }
        for fault in PhraseWalk.faults(in: placed) { Issue.record("\(fault)") }
    }

    @Test func `what is canceled is spelled as American readers spell it`() {
        let read = Words.all(in: .english).values.joined(separator: " ")
        #expect(Vocabulary.phrase(for: "cancelled")?.english == "Canceled" && !read.contains("ancelled"))
        #expect(Vocabulary.phrase(for: "order_cancelled")?.english == "Order canceled")
    }
}
