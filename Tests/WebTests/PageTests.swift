import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// Pages for people beside the endpoints of the API.
@Suite(.timeLimit(.minutes(2))) struct PageTests {
    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { _ in
        [Endpoint(.get, "/api/things/", "Things.", access: .anyone) { (_, _: NoInput) in Detail("ok") }]
    }

    private static let pages: [Endpoint] = [
        Endpoint(.get, "/pages/", "A page.", access: .anyone) { (_, _: NoInput) in Detail("ok") },
        Endpoint(.post, "/pages/", "A form.", access: .anyone) { (call, _: NoInput) in Detail("\(call.body.count)") }
            .form(limit: 100_000) { $0[.cookie]?.contains("known") ?? false },
    ]

    @Test func `an origin whose scripts may call the API reads no page`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.corsOrigins = ["https://a.de"] }, pages: Self.pages) {
            stand in
            let headers = ["Origin": "https://a.de"]
            let things = try await stand.probe.send("GET", "/api/things/", headers: headers)
            #expect(things.header("Access-Control-Allow-Origin") == "https://a.de")
            for method in ["GET", "POST"] {
                let page = try await stand.probe.send(method, "/pages/", headers: headers)
                #expect(page.status == 200 && page.header("Access-Control-Allow-Origin") == nil, "\(method)")
            }
        }
    }

    @Test func `a long form is read of those alone whom its endpoint knows`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.maxBodyBytes = 1_000 }, pages: Self.pages) { stand in
            let known = ["Cookie": "name=known"]
            for (count, headers, status) in [
                (1_000, [:], 200), (1_001, [:], 413), (1_001, known, 200), (100_000, known, 200), (100_001, known, 413),
            ] as [(Int, [String: String], Int)] {
                let body = [UInt8](repeating: 0x61, count: count)
                let answer = try await stand.probe.send("POST", "/pages/", headers: headers, body: body)
                #expect(answer.status == status, "\(count) bytes with \(headers)")
            }
        }
    }

    @Test func `a form that is not looked at is not read`() async throws {
        try await withServer(of: Self.endpoints, pages: Self.pages) { stand in
            for type in ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded"] {
                let answer = try await stand.probe.send(
                    "POST", "/pages/", headers: ["Content-Type": type], body: Array("a=%FF".utf8))
                #expect(answer["detail"]?.text == "5", "\(type)")
            }
        }
    }
}

/// A form as a browser submits it.
@Suite struct SubmittedFormTests {
    private func form(_ text: String) throws -> SubmittedForm {
        try SubmittedForm(
            of: APIRequest(
                method: .post, path: "/", headers: [.contentType: "application/x-www-form-urlencoded"],
                body: Array(text.utf8)))
    }

    @Test func `every value of a name is kept in its order`() throws {
        let form = try form("a=1&b=x+y&a=%C3%A4&c")
        #expect(form["a"] == "1" && form.all("a") == ["1", "ä"] && form["b"] == "x y" && form["c"] == "")
        #expect(form["d"] == nil && form.all("d").isEmpty && form.texts.map(\.name) == ["a", "b", "a", "c"])
    }

    @Test func `what is no text, and more fields than a page has, are refused`() throws {
        #expect(throws: MalformedRequest.form("Invalid UTF-8")) { try form("a=%FF") }
        let most = Array(repeating: "a=1", count: SubmittedForm.maxTexts).joined(separator: "&")
        #expect(try form(most).all("a").count == SubmittedForm.maxTexts)
        #expect(throws: MalformedRequest.form("Too many fields")) { try form(most + "&a=1") }
    }
}
