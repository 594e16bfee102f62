import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Web

/// Sessions that end while their requests are under way.
@Suite struct HoldTests {
    @Test(arguments: Backend.available)
    func `a handler with transactions of its own holds its caller's session`(_ backend: Backend) async throws {
        let endpoints: @Sendable (any Database) -> [Endpoint] = { database in
            [
                Endpoint(.post, "/api/waiting/", "Waits, then writes.", access: .optionalUser, status: .created) {
                    (call: APIRequest, input: NoteInput) in
                    try await database.write { tx in
                        try call.confirmSession(in: tx)
                        return try NoteQueries.add(input.text, tx)
                    }
                }
            ]
        }
        try await withServer(
            of: endpoints, on: backend,
            confirm: { identity, _ in if identity.userID.rawValue == 8 { throw AuthenticationError.tokenNotValid } },
            { stand in
                let note: JSONValue = .object(["text": .string("a")])
                for (caller, status) in [("user-7", 201), ("user-8", 401)] {
                    let answer = try await stand.probe.bearing(caller).send("POST", "/api/waiting/", json: note)
                    #expect(answer.status == status, "\(caller)")
                }
                #expect(try await stand.probe.send("POST", "/api/waiting/", json: note).status == 201, "a guest")
                #expect(try await stand.database.read { try NoteQueries.count($0) } == 2)
            })
    }
}
