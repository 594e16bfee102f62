import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// What no sound client sends: each gets a 4xx in DRF's shape, and nothing is written.
@Suite struct BadInputTests {
    private struct Upload: Input {
        let image: UploadedFile
        let altText: String

        init(_ fields: Fields) {
            image = fields.file("image")
            altText = fields.string("alt_text", .optional(""))
        }
    }

    private static let endpoints: @Sendable (any Database) -> [Endpoint] = { database in
        [
            Endpoint(.post, "/api/notes/", "Adds a note.", access: .anyone, status: .created, in: database) {
                (_, input: NoteInput, tx) in try NoteQueries.add(input.text, tx)
            },
            Endpoint(.get, "/api/notes/{id}/", "A note.", access: .anyone) { (call, _: NoInput) in
                Note(id: try call.id("id", as: ProductID.self).rawValue, text: call.query["q"] ?? "")
            },
            Endpoint(.post, "/api/images/", "Adds an image.", access: .anyone, status: .created) { (_, input: Upload) in
                Detail("\(input.image.fileName) \(input.image.bytes.count) \(input.altText)")
            }
            .form(limit: 4_096),
        ]
    }

    @Test func `a body that is not what it says it is gets a 4xx and writes nothing`() async throws {
        let bodies: [(type: String?, body: [UInt8], status: Int, word: String)] = [
            ("application/json", Array("{".utf8), 400, "JSON parse error"),
            ("application/json", Array("{\"text\": \"a\",}".utf8), 400, "JSON parse error"),
            ("application/json", Array("nonsense".utf8), 400, "JSON parse error"),
            (
                "application/json", Array("{\"text\": \"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8), 400,
                "JSON parse error"
            ),
            ("application/json", Array(String(repeating: "[", count: 10_000).utf8), 400, "JSON parse error"),
            ("application/json", Array("[]".utf8), 400, "non_field_errors"),
            ("application/json", Array("null".utf8), 400, "non_field_errors"),
            ("application/json", Array("{}".utf8), 400, "This field is required."),
            ("application/json", Array("{\"text\": null}".utf8), 400, "This field may not be null."),
            ("application/json", Array("{\"text\": {\"a\": 1}}".utf8), 400, "Not a valid string."),
            ("application/json", Array("{\"text\": \"\\u0000\"}".utf8), 400, "Null characters"),
            ("application/json; charset=latin-1", Array("{\"text\": \"a\"}".utf8), 415, "unsupported_media_type"),
            (
                "application/json", Array("{\"text\": \"\(String(repeating: "x", count: 201))\"}".utf8), 400,
                "no more than 200"
            ),
            ("text/plain", Array("hello".utf8), 415, "unsupported_media_type"),
            (nil, Array("{\"text\": \"a\"}".utf8), 415, "unsupported_media_type"),
            ("application/x-www-form-urlencoded", Array("text=%FF".utf8), 400, "Invalid UTF-8"),
            ("multipart/form-data", Array("--b".utf8), 400, "boundary"),
            ("multipart/form-data; boundary=b", Array("--b\r\n".utf8), 400, "Multipart form parse error"),
        ]
        try await withServer(of: Self.endpoints) { stand in
            for bad in bodies {
                let headers = bad.type.map { ["Content-Type": $0] } ?? [:]
                let answer = try await stand.probe.send("POST", "/api/notes/", headers: headers, body: bad.body)
                let sent = String(decoding: bad.body.prefix(60), as: UTF8.self)
                #expect(answer.status == bad.status, "\(sent)")
                #expect(answer.text.contains(bad.word), "\(sent) got \(answer.text)")
                #expect(!answer.json.members.isEmpty, "\(sent)")
            }
            let written = try await stand.database.read { try NoteQueries.count($0) }
            #expect(written == 0)
        }
    }

    @Test func `a path or query that is no UTF-8 or has no end is refused`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            for (path, status) in [
                ("/api/notes/%ff/", 400), ("/api/notes/%zz/", 400), ("/api/notes/%00/", 400),
                ("/api/notes/7/?q=%ff", 400),
                ("/api/notes/abc/", 404), ("/api/notes/-1/", 404), ("/api/notes/99999999999999999999/", 404),
                ("/api/notes/7/?q=50%", 200), ("/api//notes/7/", 404),
                ("/api/notes/7/?" + String(repeating: "x", count: 9_000), 414),
            ] {
                let answer = try await stand.probe.send("GET", path)
                #expect(answer.status == status, "\(path.prefix(40))")
                #expect(answer["detail"] != nil || status == 200, "\(path.prefix(40))")
            }
        }
    }

    @Test func `forms bring texts and files, and a file that is missing is said so`() async throws {
        let form = """
            --b\r\nContent-Disposition: form-data; name="alt_text"\r\n\r\nA hat\r\n\
            --b\r\nContent-Disposition: form-data; name="image"; filename="hat.png"\r\n\r\nabc\r\n--b--\r\n
            """
        try await withServer(of: Self.endpoints) { stand in
            let headers = ["Content-Type": "multipart/form-data; boundary=b"]
            let sent = try await stand.probe.send("POST", "/api/images/", headers: headers, body: Array(form.utf8))
            #expect(sent.status == 201)
            #expect(sent["detail"]?.text == "hat.png 3 A hat")
            let missing = try await stand.probe.send("POST", "/api/images/", json: .object([:]))
            #expect(missing.status == 400)
            #expect(missing["image"]?[0]?.text == "No file was submitted.")
        }
    }

    @Test func `a body over the limit is 413, declared or not, and the server goes on`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.maxBodyBytes = 1_000 }) { stand in
            let large = [UInt8](repeating: 0x20, count: 200_000)
            let declared = try await stand.probe.send("POST", "/api/notes/", body: large)
            #expect(declared.status == 413)
            #expect(declared["code"]?.text == "request_too_large")
            let chunked = try await RawConnection.open(port: stand.port) { connection in
                try await connection.write("POST /api/notes/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<20 {
                    try await connection.write("3e8\r\n" + String(repeating: "x", count: 1_000) + "\r\n")
                }
                try await connection.write("0\r\n\r\n")
                return try await connection.readToEnd()
            }
            #expect(chunked.hasPrefix("HTTP/1.1 413 "))
            #expect(chunked.contains("request_too_large"))
            let waiting = try await RawConnection.open(port: stand.port) { connection in
                try await connection.write(
                    "POST /api/notes/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n")
                return try await connection.readToEnd()
            }
            #expect(waiting.hasPrefix("HTTP/1.1 413 "))
            let form = try await stand.probe.send(
                "POST", "/api/images/", headers: ["Content-Type": "multipart/form-data; boundary=b"],
                body: [UInt8](repeating: 0, count: 2_000))
            #expect(form.status == 400)
            let after = try await stand.probe.send("POST", "/api/notes/", json: .object(["text": .string("x")]))
            #expect(after.status == 201)
        }
    }

    @Test func `a client that waits for leave to send its body gets it`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            let answer = try await RawConnection.open(port: stand.port) { connection in
                try await connection.write(
                    """
                    POST /api/notes/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n\
                    Content-Length: 13\r\nExpect: 100-continue\r\n\r\n{"text": "x"}
                    """)
                return try await connection.readToEnd()
            }
            #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "))
        }
    }

    @Test func `bytes that are no request get a 400 in our shape`() async throws {
        try await withServer(of: Self.endpoints) { stand in
            for text in [
                "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "y", count: 100_000))\r\n\r\n",
            ] {
                let answer = try await RawConnection.open(port: stand.port) { connection in
                    try await connection.write(text)
                    return try await connection.readToEnd()
                }
                #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(text.prefix(30))")
                #expect(
                    answer.hasSuffix(#"{"code":"parse_error","detail":"Malformed request."}"#), "\(text.prefix(30))")
            }
        }
    }

    @Test func `a body that never comes is given up`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.bodyTimeout = .milliseconds(150) }) { stand in
            let answer = try await RawConnection.open(port: stand.port) { connection in
                try await connection.write(
                    "POST /api/notes/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"te"
                )
                return try await connection.readToEnd()
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains("request_timeout"))
            #expect(answer.components(of: "HTTP/1.1 ") == 1)
        }
    }

    @Test func `a connection that says nothing, or half a head, is closed`() async throws {
        try await withServer(of: Self.endpoints, settings: { $0.connections.idleTimeout = .milliseconds(150) }) {
            stand in
            for text in ["", "GET /api/notes/7/ HTTP/1.1\r\nHost"] {
                let answer = try await RawConnection.open(port: stand.port) { connection in
                    // On a busy machine the connection may be closed before anything is written.
                    try? await connection.write(text)
                    return try await connection.readToEnd()
                }
                #expect(!answer.hasPrefix("HTTP/1.1 200"))
            }
        }
    }
}

extension String {
    /// Returns how often `part` stands in this text.
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
