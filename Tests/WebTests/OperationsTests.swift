import Commerce
import Foundation
import HTTPTypes
import Metrics
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

@testable import Web

/// What operators and developers ask for.
@Suite struct OperationsTests {
    private struct Search: Input {
        let page: PageRequest
        let name: String?

        init(_ fields: Fields) {
            page = fields.page()
            name = fields.optionalString("name")
        }
    }

    private struct Branch: ResponseBody {
        let id: CategoryID
        let price: Price?
        let children: [Branch]
    }

    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { database in
        [
            Endpoint(.get, "/api/notes/", "Lists notes.", access: .anyone) { (call, input: Search) in
                try Page([Note(id: 1, text: "a")], count: 1, input.page, of: call)
            },
            Endpoint(.post, "/api/notes/", "Adds a note.", access: .user, status: .created, in: database) {
                (_, input: NoteInput, tx) in try NoteQueries.add(input.text, tx)
            }
            .limited(.perAddress(5, per: .hours(1), name: "notes")),
            Endpoint(.patch, "/api/notes/{id}/", "Edits a note.", access: .staff("notes.edit")) {
                (_, input: NoteInput) in
                Note(id: 1, text: input.text)
            }
            .refusing(.preconditionFailed),
            Endpoint(.get, "/api/branches/{id}/", "A tree.", access: .optionalUser) { (_, _: NoInput) in
                Branch(id: CategoryID(1), price: nil, children: [])
            },
            Endpoint(.get, "/media/{path*}", "A file.", access: .anyone) { (_, _: NoInput) in
                RawBody(contentType: "image/png", bytes: [1, 2, 3])
            },
            Endpoint(.delete, "/api/notes/{id}/", "Removes.", access: .admin, status: .noContent) { (_, _: NoInput) in
                NoContent()
            },
        ]
    }

    @Test func `the document is valid OpenAPI and holds every route, and nothing else`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let answer = try await stand.probe.send("GET", "/api/schema/")
            #expect(answer.status == 200)
            let verdict = try TestPython.output(
                """
                import json, sys
                from openapi_spec_validator import OpenAPIV31SpecValidator
                document = json.load(open(sys.argv[1]))
                for error in OpenAPIV31SpecValidator(document).iter_errors(): print(error.message)
                """, input: answer.body)
            #expect(String(decoding: verdict, as: UTF8.self) == "")
            let described = Set(
                (answer["paths"]?.members ?? [:]).flatMap { path, item in
                    item.members.keys.map { $0.uppercased() + " " + path }
                })
            let routed = Set(
                stand.server.router.routes.map {
                    $0.endpoint.method.rawValue + " " + $0.endpoint.template.replacing("*}", with: "}")
                })
            #expect(described == routed)
            #expect(routed.contains("GET /healthz"))
        }
    }

    @Test func `an operation says what it takes, gives and refuses`() throws {
        let database = NoDatabase()
        let document = OpenAPIDocument(
            [EndpointGroup("Notes", Self.endpoints(database))], title: "Shop", version: "2",
            server: "https://shop.example.com")
        #expect(document.undescribed == [])
        let notes = try #require(document.json["paths"]?["/api/notes/"])
        let add = try #require(notes["post"])
        #expect(add["security"]?[0]?["bearer"] != nil)
        #expect(add["tags"]?[0]?.text == "Notes")
        let body = add["requestBody"]?["content"]?["application/json"]?["schema"]
        #expect(body?["required"]?[0]?.text == "text")
        #expect(body?["properties"]?["text"]?["maxLength"]?.number == 200)
        #expect(add["parameters"]?[0]?["name"]?.text == "Idempotency-Key")
        #expect(statuses(add) == ["201", "400", "401", "409", "413", "415", "422", "429", "503"])
        #expect(add["responses"]?["201"]?["description"]?.text == "Created")
        let list = try #require(notes["get"])
        #expect(list["security"] == .array([]))
        #expect(list["parameters"]?.elements.compactMap { $0["name"]?.text } == ["page", "page_size", "name"])
        #expect(
            list["responses"]?["200"]?["content"]?["application/json"]?["schema"]?["$ref"]?.text
                == "#/components/schemas/PageOfNote")
        let edit = try #require(document.json["paths"]?["/api/notes/{id}/"]?["patch"])
        #expect(edit["requestBody"]?["content"]?["application/json"]?["schema"]?["required"] == nil)
        #expect(statuses(edit).isSuperset(of: ["200", "401", "403", "404", "412"]))
        let branch = document.json["components"]?["schemas"]?.members.first { $0.key.hasSuffix("Branch") }?.value
        #expect(branch?["properties"]?["children"]?["items"]?["$ref"] != nil)
        #expect(document.json["servers"]?[0]?["url"]?.text == "https://shop.example.com")
    }

    private func statuses(_ operation: JSONValue) -> Set<String> {
        Set((operation["responses"]?.members ?? [:]).keys)
    }

    @Test func `the page of the document asks for nothing from elsewhere`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let page = try await stand.probe.send("GET", "/api/docs/")
            #expect(page.status == 200)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.text.contains(#"<a href="/api/schema/">"#))
            #expect(!page.text.contains("http://") && !page.text.contains("https://"))
            let policy = try #require(page.header("Content-Security-Policy"))
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            for part in ["style", "script"] {
                let inside = try #require(page.text.range(of: "<\(part)>")).upperBound
                let end = try #require(page.text.range(of: "</\(part)>")).lowerBound
                let digest = Base64.encode(Digest.sha256(page.text[inside..<end].utf8))
                #expect(policy.contains("\(part)-src 'sha256-\(digest)'"), "\(part)")
            }
        }
    }

    @Test func `health says that the process lives, readiness what is wrong`() async throws {
        let problem = Mutex<[String]>([])
        try await withServer(of: Self.endpoints, problems: { problem.withLock { $0 } }) { stand in
            let well = try await stand.probe.send("GET", "/readyz")
            #expect(well.status == 200)
            #expect(well["status"]?.text == "ok")
            problem.withLock { $0 = ["the database is newer than this program"] }
            let ill = try await stand.probe.send("GET", "/readyz")
            #expect(ill.status == 503)
            #expect(ill["problems"]?[0]?.text == "the database is newer than this program")
            let lives = try await stand.probe.send("GET", "/healthz")
            #expect(lives.status == 200)
        }
    }

    @Test func `metrics count requests by the route's template`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            for id in 1...3 { _ = try await stand.probe.send("GET", "/api/branches/\(id)/") }
            _ = try await stand.probe.send("GET", "/nowhere/")
            let metrics = try await stand.probe.send("GET", "/metrics")
            #expect(metrics.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let lines = metrics.text.split(separator: "\n").map(String.init)
            #expect(lines.contains(#"http_requests_total{method="GET",route="/api/branches/{id}/",status="200"} 3"#))
            #expect(lines.contains(#"http_requests_total{method="",route="",status="404"} 1"#))
            #expect(
                lines.contains(
                    #"http_request_duration_seconds_bucket{method="GET",route="/api/branches/{id}/",le="+Inf"} 3"#))
            #expect(lines.contains("# TYPE http_request_duration_seconds histogram"))
        }
    }

    @Test func `the registry prints what libraries record`() {
        let registry = PrometheusRegistry()
        let jobs = registry.makeCounter(label: "jobs.done", dimensions: [("queue", "a\"b\\c\n")])
        jobs.increment(by: 2)
        registry.makeCounter(label: "jobs.done", dimensions: [("queue", "a\"b\\c\n")]).increment(by: 3)
        registry.makeMeter(label: "depth", dimensions: []).set(Int64(7))
        registry.makeTimer(label: "job.run", dimensions: []).recordNanoseconds(3_000_000)
        let lines = registry.exposition().split(separator: "\n").map(String.init)
        #expect(lines.contains(#"jobs_done_total{queue="a\"b\\c\n"} 5"#))
        #expect(lines.contains("# TYPE jobs_done_total counter"))
        #expect(lines.contains("depth 7"))
        #expect(lines.contains(#"job_run_seconds_bucket{le="0.0025"} 0"#))
        #expect(lines.contains(#"job_run_seconds_bucket{le="0.005"} 1"#))
        #expect(lines.contains("job_run_seconds_sum 0.003"))
        registry.destroyCounter(jobs)
        #expect(!registry.exposition().contains("jobs_done"))
    }
}

/// A database for endpoints that are looked at and never called.
private struct NoDatabase: Database {
    let dialect = Dialect.sqlite
    private let gone = SQLError(.unavailable, message: "there is none")

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        throw gone
    }
    func report<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        throw gone
    }
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        throw gone
    }
    func close() async {}
}
