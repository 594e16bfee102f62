import AdminPages
import AppHarness
import Commerce
import HTTPTypes
import Logging
import Primitives
import SQL
import TestSupport
import Testing

@testable import Admin
@testable import Schema
@testable import Web

/// An admin over `TrialStore`, asked without a network.
struct TrialSite: Sendable {
    /// Who asks.
    enum Reader: String, CaseIterable, Sendable {
        case admin
        /// Staff who may see rows.
        case viewer
        /// Staff who may see and change them.
        case editor
        case customer

        var identity: Identity {
            let permissions: Set<String> =
                switch self {
                case .viewer: ["trials.view"]
                case .editor: ["trials.view", "trials.edit"]
                case .admin, .customer: []
                }
            let role: Role = self == .admin ? .admin : self == .customer ? .customer : .staff
            let number = Int64(rawValue.utf8.count)
            return Identity(
                userID: UserID(number), sessionID: SessionID(number), email: "\(rawValue)@example.com", role: role,
                permissions: permissions, isEmailVerified: true)
        }
    }

    /// What was answered.
    struct Answer: Sendable {
        let response: APIResponse
        let page: MarkupPage

        var status: Int { response.status.code }
        var location: String { response.headers[.location] ?? "" }
        var text: String { String(decoding: response.body, as: UTF8.self) }
        /// The cookies that it sets.
        var cookies: [String] { response.headers[values: .setCookie] }
    }

    let site: AdminSite
    let store: TrialStore
    private let router: Router
    private let runner: EndpointRunner

    init(_ database: any Database, store: TrialStore = TrialStore(), screens: [AdminScreen] = [TrialSite.screen]) throws
    {
        let secret = SecretKey("a secret of this test")
        var settings = WebSettings(currency: .usd)
        settings.staffAddresses = ["127.0.0.0/8"]
        runner = try EndpointRunner(
            settings: settings, database: database, secret: secret,
            authenticate: { _ in throw AuthenticationError.tokenNotValid },
            presence: { _, password, _ in
                if password == nil { throw ValidationError("password", "This field is required.") }
                if password != "right" { throw ValidationError("password", "The password is not correct.") }
            }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, time: .machine)
        let called = try Router(store.group.endpoints.map { Route($0, group: "Trials") })
        site = try AdminSite(
            AdminShop(name: "Trial & Error", currency: .usd, zone: .utc, language: "en"), screens: screens,
            door: Self.door, api: LocalAPI(runner, called, settings), secret: secret, time: .machine, random: .system)
        router = try Router(site.group.endpoints.map { Route($0, group: "Admin") })
        self.store = store
    }

    /// A cookie is a reader's name.
    private static let door = AdminDoor(
        identity: { cookie in
            guard let reader = Reader(rawValue: cookie) else { throw AuthenticationError.tokenNotValid }
            return reader.identity
        }, cookie: { _ in "admin" }, hasAdministrator: { true }, hasStaff: { true }, createAdministrator: { _, _ in })

    /// Returns the token of a reader's forms.
    func token(_ reader: Reader) -> String { site.seals.token(for: "session \(reader.identity.sessionID)") }

    /// Asks for a page.
    func get(_ target: String, as reader: Reader? = .admin, language: String = "en") async throws -> Answer {
        try await send(.get, target, as: reader, language: language)
    }

    /// Sends a form with the token of its reader.
    func post(
        _ target: String, _ fields: [(String, String)] = [], as reader: Reader = .admin, language: String = "en"
    ) async throws -> Answer {
        let all = [("csrf", token(reader))] + fields
        let body = all.map { PercentEncoding.encode($0.0) + "=" + PercentEncoding.encode($0.1) }.joined(separator: "&")
        return try await send(.post, target, as: reader, language: language, Array(body.utf8))
    }

    /// Sends a form of a page.
    func submit(
        _ form: MarkupPage.Form, _ values: [String: String] = [:], as reader: Reader = .admin
    ) async throws -> Answer {
        let fields = form.filled(values).filter { $0.name != "csrf" }
        return try await post(form.action, fields.map { ($0.name, $0.value) }, as: reader)
    }

    func send(
        _ method: HTTPRequest.Method, _ target: String, as reader: Reader?, language: String = "en",
        _ body: [UInt8] = [], at address: String = "127.0.0.1"
    ) async throws -> Answer {
        let (path, query) = target.halves(at: "?")
        guard case .found(let route, let parameters) = router.match(method, String(path)) else {
            throw NotFound("no page for \(method) \(target)")
        }
        var headers: HTTPFields = [.acceptLanguage: language]
        if let reader { headers[.cookie] = "kontor_admin=\(reader.rawValue)" }
        if !body.isEmpty { headers[.contentType] = "application/x-www-form-urlencoded" }
        let request = APIRequest(
            method: method, path: Router.normalized(String(path)), parameters: parameters,
            query: QueryItems(query ?? ""), headers: headers, body: body, id: "test", clientAddress: address,
            baseURL: "http://shop.test")
        let response = await runner.answer(route.endpoint, request)
        let isPage = response.headers[.contentType]?.hasPrefix("text/html") ?? false
        let page = MarkupPage(isPage ? response.body : [])
        #expect(page.faults.isEmpty && page.dangers.isEmpty, "\(method) \(target): \(page.faults) \(page.dangers)")
        return Answer(response: try await response.whole(), page: page)
    }
}

/// Runs `body` with an admin over rows in memory.
func withTrialSite(
    screens: [AdminScreen] = [TrialSite.screen], _ body: (TrialSite) async throws -> Void
) async throws {
    let migration = Migration(1, "web", WebSchema.steps + WebSchema.rowSteps + WebSchema.listSteps)
    try await withDatabase(.sqlite, migrations: [migration]) { database in
        try await body(try TrialSite(database, screens: screens))
    }
}

extension TrialSite {
    /// The screen of trials: all that a screen can be, in few lines.
    static let screen = AdminScreen(
        "trials", in: .catalog, Phrase("Trials", "Versuche"), one: Phrase("trial", "Versuch"), list: "/api/trials/",
        columns: [
            .text("name", Phrase("Name", "Name"), sort: "name"),
            .money("price", Phrase("Price", "Preis"), sort: "price"),
            .flag("is_active", Phrase("Active", "Aktiv")), .moment("created_at", Phrase("Made", "Angelegt")),
            .rate("rate", Phrase("Rate", "Satz")).hidden,
        ],
        filters: [
            AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag),
            AdminFilter("min_price", Phrase("At least", "Mindestens"), .number),
        ],
        search: Phrase("Name", "Name"),
        form: AdminForm([
            AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
            AdminField("price", Phrase("Price", "Preis"), .money, isRequired: true),
            AdminField("rate", Phrase("Rate", "Satz"), .rate), AdminField("note", Phrase("Note", "Notiz"), .longText),
            AdminField("is_active", Phrase("Active", "Aktiv"), .flag).with { $0.standard = "true" },
            AdminField("tags", Phrase("Tags", "Schlagwörter"), .lines),
        ]),
        sections: [
            AdminSection(Phrase("Owner", "Eigentümer"), .facts([.text("owner.name", Phrase("Owner", "Eigentümer"))])),
            AdminSection(
                Phrase("Parts", "Teile"),
                .table(
                    member: "parts",
                    [.text("name", Phrase("Part", "Teil")), .number("quantity", Phrase("Number", "Zahl"))])),
        ],
        actions: [
            AdminAction("deactivate", Phrase("Deactivate", "Abschalten"), .post, "/api/trials/{id}/deactivate/").with {
                $0.isBulk = true
                $0.undo = "activate"
                $0.condition = .holds("is_active")
            },
            AdminAction("activate", Phrase("Activate", "Anschalten"), .post, "/api/trials/{id}/activate/").with {
                $0.isBulk = true
                $0.undo = "deactivate"
                $0.condition = .not(.holds("is_active"))
            },
            AdminAction("destroy", Phrase("Destroy", "Vernichten"), .post, "/api/trials/{id}/destroy/").with {
                $0.fields = [AdminField("reason", Phrase("Reason", "Grund"), .text, isRequired: true)]
                $0.weight = .danger
            },
        ],
        hint: Phrase("Make the first trial.", "Legen Sie den ersten Versuch an."))
}
