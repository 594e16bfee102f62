import AppHarness
import Commerce
import HTTPTypes
import Jobs
import Logging
import Messages
import Primitives
import SQL
import Schema
import TestSupport
import Testing
import Web

@testable import Notifications

/// The built-in mailbox: what comes in, who reads what of it, and when it goes.
@Suite struct MailboxTests {
    /// A mailbox with its endpoints and the jobs that fill it.
    private struct Stand: Sendable {
        let database: any Database
        let clock = MovableClock(startingAt: Timestamp(seconds: 1_800_000_000))
        let jobs: JobQueue
        let secrets = MailSecrets(SecretKey("a secret of this test"))
        private let caller: EndpointCaller

        init(_ database: any Database) throws {
            self.database = database
            jobs = JobQueue(database, time: clock.source)
            caller = try EndpointCaller([MailboxRoutes(database).group], on: database, time: clock.source)
        }

        func call(
            _ method: HTTPRequest.Method, _ query: String = "", of id: Int64? = nil,
            as identity: Identity? = MailboxTests.admin
        ) async throws -> EndpointAnswer {
            try await caller.call(
                method, "/api/admin/mailbox/" + (id.map { "\($0)/" } ?? "") + "?" + query, headers: [:], body: [],
                by: .known(identity))
        }

        func keep(_ drafts: [MailboxDraft]) async throws {
            try await database.write { tx in
                for draft in drafts { try MailboxQueries.insert(draft, tx) }
            }
        }

        func run(sms: SMSTransport = .mailbox) async throws {
            let note = MailTemplate(subject: "{{subject}}", text: "{{text}}", html: "<p>{{text}}</p>")
            let composer = MailComposer(
                shopName: "Shop", shopURL: "https://shop.example", secrets: secrets, templates: ["note": note])
            let messages = MessageJobs(
                database, composer: composer, transport: .mailbox, sms: sms, time: clock.source)
            let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            try await JobRunner(jobs, handlers: messages.handlers, logger: quiet).drain()
        }

        func count(_ query: Query) async throws -> Int {
            try await database.read { try $0.value(query, as: Int.self) ?? 0 }
        }
    }

    private static func with(
        _ backend: Backend, _ body: @Sendable (Stand) async throws -> Void
    ) async throws {
        try await withDatabase(backend, migrations: Schema.migrations) { try await body(try Stand($0)) }
    }

    private static func identity(_ role: Role, _ permissions: Set<String> = []) -> Identity {
        Identity(
            userID: UserID(1), sessionID: SessionID(1), email: "someone@example.com", role: role,
            permissions: permissions, isEmailVerified: true)
    }

    private static let admin = identity(.admin)
    private static let clerk = identity(.staff, ["mailbox.view"])

    private static func draft(
        _ subject: String, to recipient: String = "a@example.com", channel: Channel = .email, text: String = "text",
        links: String = "[]", isSecret: Bool = false, at moment: Timestamp = Timestamp(seconds: 1_800_000_000)
    ) -> MailboxDraft {
        MailboxDraft(
            channel: channel, recipient: recipient, userID: nil, subject: subject, text: text, html: "<p>" + text,
            links: links, isSecret: isSecret, createdAt: moment)
    }

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2] as [UInt64])
    func `a list shows what a plain filter over all messages finds, the newest first`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        let people = ["a@example.com", "b@example.com", "A@example.com", "+4915112345678"]
        let words = ["tea", "Tea", "100%", "under_score", "Zażółć", "🎉", "back\\slash", "it's"]
        let channels: [Channel?] = [nil, .email, .sms]
        var drafts: [MailboxDraft] = []
        for number in 0..<60 {
            let (first, second) = (words[random.number(below: words.count)], words[random.number(below: words.count)])
            drafts.append(
                Self.draft(
                    "\(number) \(first)", to: people[random.number(below: people.count)],
                    channel: random.number(below: 3) == 0 ? .sms : .email, text: "about \(second)",
                    isSecret: random.number(below: 3) == 0))
        }
        let kept = drafts
        try await Self.with(backend) { stand in
            try await stand.keep(kept)
            for step in 0..<30 {
                let person: String? = random.number(below: 2) == 0 ? people[random.number(below: people.count)] : nil
                let channel: Channel? = channels[random.number(below: channels.count)]
                let word: String? = random.number(below: 3) > 0 ? words[random.number(below: words.count)] : nil
                let isAdmin = random.number(below: 2) == 0
                let expected = kept.filter { message in
                    let inSubject = word.map { message.subject.contains($0) } ?? true
                    let isReadable = isAdmin || !message.isSecret
                    let inText = word.map { isReadable && message.text.contains($0) } ?? true
                    return (person == nil || message.recipient == person)
                        && (channel == nil || message.channel == channel) && (inSubject || inText)
                }
                var parts: [String] = []
                if let person { parts.append("to=" + PercentEncoding.encode(person)) }
                if let channel { parts.append("channel=" + channel.rawValue) }
                if let word { parts.append("search=" + PercentEncoding.encode(word)) }
                let query = parts.joined(separator: "&")
                let caller = isAdmin ? Self.admin : Self.clerk
                let found = try await Self.walk(query, as: caller, stand)
                #expect(found == expected.reversed().map(\.subject), "step \(step): \(query)")
            }
        }
    }

    /// The subjects of all pages of a list.
    private static func walk(_ query: String, as identity: Identity, _ stand: Stand) async throws -> [String] {
        var subjects: [String] = []
        for page in 1...20 {
            let answer = try await stand.call(.get, query + "&page_size=7&page=\(page)", as: identity)
            try #require(answer.status == 200, "\(query): \(answer.json)")
            subjects += answer.results.map { $0.text("subject") }
            let isLast = answer["next"] == .null
            if isLast {
                #expect(answer["count"]?.integer == Int64(subjects.count))
                return subjects
            }
            #expect(answer.results.count == 7)
        }
        Issue.record("no end of \(query)")
        return subjects
    }

    @Test(arguments: Backend.available)
    func `of a secret message others than administrators see only that it was sent`(_ backend: Backend) async throws {
        try await Self.with(backend) { stand in
            let link = "https://shop.example/reset?token=abc"
            try await stand.keep([
                Self.draft("Open", text: "see \(link)", links: "[\"\(link)\"]"),
                Self.draft("Reset", text: "code 123456", links: "[\"\(link)\"]", isSecret: true),
            ])
            let seen: [(Identity, subject: String, text: String, html: String, links: [JSONValue])] = [
                (Self.admin, "Reset", "code 123456", "<p>code 123456", [.string(link)]),
                (Self.admin, "Open", "see \(link)", "<p>see \(link)", [.string(link)]),
                (Self.clerk, "Reset", "Only administrators can read what this message says.", "", []),
                (Self.clerk, "Open", "see \(link)", "<p>see \(link)", [.string(link)]),
            ]
            for (identity, subject, text, html, links) in seen {
                let answer = try await stand.call(.get, "search=\(subject)", as: identity)
                let message = try #require(answer.results.first)
                #expect(message.text("subject") == subject && message.text("to") == "a@example.com")
                #expect(message.text("text") == text && message.text("html") == html)
                #expect(message["links"] == .array(links))
                let alone = try await stand.call(.get, of: message["id"]?.integer, as: identity)
                #expect(alone.status == 200 && alone.json == message, "\(alone.json)")
                #expect(message.text("created_at") == "2027-01-15T08:00:00Z" && message.text("channel") == "email")
            }
            #expect(try await stand.call(.get, of: 999_999).status == 404)
        }
    }

    @Test(
        arguments: [
            ("channel=pigeon", 400, "channel"), ("channel=Email", 400, "channel"),
            ("search=" + String(repeating: "x", count: 256), 400, "search"),
            ("to=" + String(repeating: "x", count: 256), 400, "to"), ("search=%00", 400, "search"),
            ("page=0", 404, "detail"), ("page=2", 404, "detail"), ("page=x", 404, "detail"),
            ("page_size=x", 200, "count"), ("page_size=0", 200, "count"), ("search=", 200, "count"),
            ("search=" + String(repeating: "x", count: 255), 200, "count"), ("unknown=1", 200, "count"),
        ] as [(String, Int, String)])
    func `a question is answered, or refused on its field`(_ query: String, _ status: Int, _ member: String)
        async throws
    {
        try await Self.with(.sqlite) { stand in
            try await stand.keep([Self.draft("One")])
            let answer = try await stand.call(.get, query)
            #expect(answer.status == status && answer[member] != nil, "\(answer.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `the mailbox is emptied by administrators alone, and the audit knows how full it was`(
        _ backend: Backend
    ) async throws {
        try await Self.with(backend) { stand in
            try await stand.keep((0..<5).map { Self.draft("Mail \($0)") })
            let refused: [(Identity?, Int)] = [
                (nil, 401), (Self.identity(.customer), 403), (Self.identity(.vendor), 403),
                (Self.identity(.staff), 403), (Self.clerk, 403), (Self.identity(.customer, ["mailbox.view"]), 403),
            ]
            for (identity, status) in refused {
                #expect(try await stand.call(.delete, as: identity).status == status)
            }
            #expect(try await stand.count("SELECT COUNT(*) FROM mailbox") == 5)
            #expect(try await stand.count("SELECT COUNT(*) FROM audit_entries") == 0)
            for count in [5, 0] {
                #expect(try await stand.call(.delete).status == 204)
                #expect(try await stand.count("SELECT COUNT(*) FROM mailbox") == 0)
                let before = try await stand.database.read {
                    try $0.column("SELECT before_json FROM audit_entries ORDER BY id", as: String.self)
                }
                let last = try JSONValue(parsing: (before.last ?? "null").utf8)
                #expect(last["count"] == .number(String(count)), "\(before)")
            }
            #expect(try await stand.call(.get)["count"]?.integer == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `what is older than its time goes, chunk by chunk, the oldest first`(_ backend: Backend) async throws {
        try await Self.with(backend) { stand in
            let now = stand.clock.source.now
            let ages = [5, 90, 91, 92, 93, 94, 0, 89]
            try await stand.keep(ages.map { Self.draft("\($0)", at: now - .days(Int64($0))) })
            let limit = now - .days(90)
            var gone: [Int] = []
            for left in [["5", "90", "92", "91", "0", "89"], ["5", "90", "0", "89"], ["5", "90", "0", "89"]] {
                gone.append(try await stand.database.write { try MailboxQueries.purge(before: limit, limit: 2, $0) })
                let subjects = try await stand.database.read {
                    try $0.column("SELECT subject FROM mailbox", as: String.self)
                }
                #expect(Set(subjects) == Set(left))
            }
            #expect(gone == [2, 2, 0], "what is exactly so old stays")
        }
    }

    @Test(arguments: Backend.available)
    func `mails and text messages are kept as they were sent, and once`(_ backend: Backend) async throws {
        try await Self.with(backend) { stand in
            let plain: JSONValue = .object(["subject": .string("A\r\nB"), "text": .string("https://a.example <b>")])
            let token: [String: JSONValue] = ["subject": .string("Token"), "text": .string("t0ken")]
            let sealed = try stand.secrets.seal(token, for: "b@example.com")
            let secret: JSONValue = .object([MailSecrets.key: .string(sealed)])
            let code = try SMSJob(
                to: "+15550100", userID: UserID(1), secretText: "Code 123456", sealedBy: stand.secrets)
            try await stand.database.write { [jobs = stand.jobs] tx in
                try jobs.enqueue(
                    MailJob(template: "note", to: "a@example.com", userID: UserID(1), context: plain), in: tx)
                try jobs.enqueue(
                    MailJob(template: "note", to: "b@example.com", userID: UserID(1), context: secret), in: tx)
                try jobs.enqueue(SMSJob(to: "+15550101", userID: nil, text: "Parcel & more"), in: tx)
                try jobs.enqueue(code, in: tx)
            }
            let payloads = try await stand.database.read {
                try $0.column("SELECT payload FROM jobs", as: String.self)
            }
            #expect(!payloads.contains { $0.contains("123456") || $0.contains("t0ken") })
            try await stand.run()
            try await stand.run()
            let rows: [(to: String, channel: String, subject: String, text: String, html: String, isSecret: Bool)] = [
                ("a@example.com", "email", "A B", "https://a.example <b>", "<p>https://a.example &lt;b&gt;</p>", false),
                ("b@example.com", "email", "Token", "t0ken", "<p>t0ken</p>", true),
                ("+15550101", "sms", "", "Parcel & more", "", false), ("+15550100", "sms", "", "Code 123456", "", true),
            ]
            for row in rows {
                let query = "to=" + PercentEncoding.encode(row.to)
                let answer = try await stand.call(.get, query)
                try #require(answer.results.count == 1, "\(row.to): \(answer.json)")
                let message = answer.results[0]
                #expect(message.text("channel") == row.channel && message.text("subject") == row.subject)
                #expect(message.text("text") == row.text && message.text("html") == row.html)
                let seen = try await stand.call(.get, query, as: Self.clerk)
                #expect((seen.results.first?.text("text") == row.text) == !row.isSecret, "\(row.to)")
            }
            let links = try await stand.call(.get, "to=a%40example.com").results.first?["links"]
            #expect(links == .array([.string("https://a.example")]))
        }
    }

    /// What becomes of a text message by what its provider says of it.
    @Test(arguments: Backend.available)
    func `a text message is sent once, tried again or given up as its provider says`(_ backend: Backend) async throws {
        struct Unreachable: Error {}
        try await Self.with(backend) { stand in
            let sent = LogLines()
            let provider = SMSTransport.provider { recipient, text in
                sent.logger.info("\(recipient) \(text)")
                switch recipient {
                case "+15550001": return
                case "+15550002": throw JobFailure.permanent("no such number")
                default: throw Unreachable()
                }
            }
            let code = try SMSJob(to: "+15550001", userID: nil, secretText: "Code 1", sealedBy: stand.secrets)
            let foreign = MailSecrets(SecretKey("another secret"))
            let lost = try SMSJob(to: "+15550004", userID: nil, secretText: "Code 4", sealedBy: foreign)
            try await stand.database.write { [jobs = stand.jobs] tx in
                try jobs.enqueue(code, in: tx)
                try jobs.enqueue(SMSJob(to: "+15550002", userID: nil, text: "Two"), in: tx)
                try jobs.enqueue(SMSJob(to: "+15550003", userID: nil, text: "Three"), in: tx)
                try jobs.enqueue(lost, in: tx)
            }
            for _ in 0..<3 {
                try await stand.run(sms: provider)
                stand.clock.advance(by: .hours(2))
            }
            let heard = sent.messages
            #expect(heard.count { $0 == "+15550001 Code 1" } == 1 && heard.count { $0 == "+15550002 Two" } == 1)
            #expect(heard.count { $0 == "+15550003 Three" } > 1 && !heard.contains { $0.hasPrefix("+15550004") })
            let dead = try await stand.count("SELECT COUNT(*) FROM jobs WHERE died_at IS NOT NULL")
            #expect(dead == 2, "the number that is none, and the text that does not open")
            #expect(try await stand.count("SELECT COUNT(*) FROM mailbox") == 0)
        }
    }

    @Test(arguments: [
        ("", ""), ("abcXYZ019", "abcXYZ019"), ("a b", "a%20b"), ("a+b&c=d", "a%2Bb%26c%3Dd"), ("ä", "%C3%A4"),
        ("🎉", "%F0%9F%8E%89"), ("%41", "%2541"), ("\r\n", "%0D%0A"), ("-_.~", "%2D%5F%2E%7E"),
        ("e\u{301}", "e%CC%81"),
    ])
    func `the text of a message cannot end its field of the form`(_ text: String, _ encoded: String) {
        #expect(FormText.encoded(text) == encoded)
        #expect(QueryItems("Body=" + FormText.encoded(text))["Body"]?.utf8.elementsEqual(text.utf8) == true)
    }
}
