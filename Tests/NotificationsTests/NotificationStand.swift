import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Messages
import Modules
import Primitives
import SQL
import Schema
import Synchronization
import TestSupport
import Web

@testable import Notifications

/// The room of notifications with its endpoints and its jobs, a clock that tests move, and a mail server of their choice.
struct NotificationStand: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let address = "https://shop.test"

    /// What the mail server was handed.
    struct Handed: Sendable {
        let recipient: String
        let mail: ComposedMail
        let id: String
    }

    let database: any Database
    let clock = MovableClock(startingAt: NotificationStand.start)
    let jobs: JobQueue
    let secrets = MailSecrets(SecretKey("a secret of this test"))
    let links: MailLinks
    let composer: MailComposer
    private let caller: EndpointCaller
    private let handed = Handing()

    private final class Handing: Sendable {
        let mails = Mutex<[Handed]>([])
    }

    /// Templates of the tests, and those for staff as the shop comes with them.
    static let templates = own.merging(ShippedMails.all.filter { $0.value.purpose == .staff }) { own, _ in own }

    private static let own: [String: MailTemplate] = [
        "note": MailTemplate("Note {{name}}", "Note {{name}}", "<p>Note {{name}}</p>")
            .german("Notiz {{name}}", "Notiz {{name}}", "<p>Notiz {{name}}</p>")
            .sampled(["name": .string("Ada"), "items": .array([.object(["sku": .string("A")])])]),
        "order_confirmation": simple.about(.order), "password_reset": simple.about(.security),
        "shipping_update": simple.about(.shippingUpdates), "order_delivered": simple.about(.shippingUpdates),
        "price_drop_alert": simple.about(.priceDrops), "back_in_stock_alert": simple.about(.backInStock),
        "newsletter": simple.about(.newsletter), "promotion": simple.about(.promotional),
        "product_recommendation": simple.about(.recommendations),
    ]

    private static let simple = MailTemplate(
        "About {{name}}", "About {{name}}", #"<p><a href="https://shop.example/p?a=1&amp;b={{name}}">{{name}}</a></p>"#)

    init(_ database: any Database, language: String = "en", bounceToken: String? = "a-good-token") throws {
        self.database = database
        jobs = JobQueue(database, time: clock.source)
        links = MailLinks(
            SecretKey("a secret of this test"),
            address: try PublicAddress(SettingsValues(["PUBLIC_URL": Self.address])))
        composer = MailComposer(
            shopName: "Tea & Co", shopURL: "https://shop.example", secrets: secrets, templates: Self.templates,
            language: language)
        let time = clock.source
        let preferences = PreferenceService(readers: Self.readers, time: time)
        caller = try EndpointCaller(
            [
                PreferenceRoutes(database: database, service: preferences).group,
                EmailLogRoutes(database: database, jobs: jobs, readers: Self.readers).group,
                TemplateRoutes(
                    database: database, resource: TemplateResource(composer: composer, time: time), jobs: jobs
                ).group,
                BounceRoutes(
                    database: database, service: BounceService(softLimit: 3, time: time),
                    token: bounceToken.map { Digest.sha256($0.utf8) }, reader: InputReader(currency: .usd)
                ).group,
                LinkRoutes(
                    database: database, links: links, preferences: preferences, shopName: "Tea & Co",
                    language: language
                ).group,
            ], on: database, time: time)
    }

    /// Accounts, as far as mails are concerned: the rows of `users` and `user_profiles`.
    static let readers = MailReaders(
        find: { user, connection in
            try connection.first(
                """
                SELECT u.email, p.preferred_language, p.email_notifications, p.newsletter_subscribed
                FROM users u JOIN user_profiles p ON p.user_id = u.id WHERE u.id = \(user) AND u.deleted_at IS NULL
                """
            ) { row in
                MailReader(email: try row(), language: try row(), takesMail: try row(), takesNewsletter: try row())
            }
        },
        setNewsletter: { user, flag, tx in
            try tx.execute("UPDATE user_profiles SET newsletter_subscribed = \(flag) WHERE user_id = \(user)")
        })

    static func with(
        _ backend: Backend, language: String = "en", _ body: @Sendable (NotificationStand) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { database in
            let stand = try NotificationStand(database, language: language)
            try await database.write { tx in
                for id in 1...3 {
                    try tx.execute(
                        """
                        INSERT INTO users (id, email, role, created_at, updated_at)
                        VALUES (\(id), \("u\(id)@example.com"), 'customer', 0, 0)
                        """)
                    try tx.execute("INSERT INTO user_profiles (user_id) VALUES (\(id))")
                }
            }
            try await body(stand)
        }
    }

    static func identity(_ role: Role, _ id: Int64 = 1, _ permissions: Set<String> = []) -> Identity {
        Identity(
            userID: UserID(id), sessionID: SessionID(1), email: "u\(id)@example.com", role: role,
            permissions: permissions, isEmailVerified: true)
    }

    static let admin = identity(.admin, 9)

    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", as identity: Identity? = admin,
        type: String = "application/json", headers: HTTPFields = [:]
    ) async throws -> EndpointAnswer {
        var headers = headers
        if !body.isEmpty { headers[.contentType] = type }
        return try await caller.call(method, path, headers: headers, body: Array(body.utf8), by: .known(identity))
    }

    func enqueue(
        _ type: String, to user: Int64? = 1, email: String? = nil, about order: Int64? = nil, name: String = "Ada"
    ) async throws {
        let address = email ?? user.map { "u\($0)@example.com" } ?? "guest@example.com"
        var context: [String: JSONValue] = ["name": .string(name)]
        if order != nil { context["order_number"] = .string("K-1") }
        let job = MailJob(
            template: type, to: address, userID: user.map { UserID($0) }, about: order.map { OrderID($0) },
            context: .object(context))
        _ = try await database.write { [jobs] in try jobs.enqueue(job, in: $0) }
    }

    /// Runs what is due; the server takes mails unless `refusal` throws.
    func run(_ refusal: @escaping @Sendable (Handed) throws -> Void = { _ in }) async throws {
        let handed = handed
        try await drain(
            .server(host: "mail.test:25") { recipient, mail, id in
                let entry = Handed(recipient: recipient, mail: mail, id: id)
                handed.mails.withLock { $0.append(entry) }
                try refusal(entry)
            })
    }

    /// Runs what is due; `lines` gets what is logged of it.
    func drain(_ transport: MailTransport, log lines: LogLines = LogLines()) async throws {
        let messages = MessageJobs(
            database, composer: composer, transport: transport, sms: .mailbox, readers: Self.readers, links: links,
            time: clock.source)
        try await JobRunner(jobs, handlers: messages.handlers, logger: lines.logger).drain()
    }

    var mails: [Handed] { handed.mails.withLock { $0 } }

    func logs() async throws -> [EmailLog] {
        try await database.read { try $0.all("SELECT \(EmailLog.columns) FROM email_logs ORDER BY id") }
    }

    func count(_ query: Query) async throws -> Int {
        try await database.read { try $0.value(query, as: Int.self) ?? 0 }
    }
}
