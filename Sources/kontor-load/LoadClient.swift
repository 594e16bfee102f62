import Primitives

/// One client of the shop: a connection and, once signed in, a token.
final class LoadClient {
    private let connection: Connection
    private(set) var authorization: String

    /// Connects to a shop on 127.0.0.1, signed in where `authorization` is that of a client who is.
    ///
    /// - Throws: `SocketError`.
    init(port: UInt16, authorization: String = "") throws {
        self.authorization = authorization
        connection = try Connection(port: port)
    }

    /// Signs in and keeps the access token.
    ///
    /// Connects to a shop on 127.0.0.1.
    ///
    /// - Throws: `SocketError`.
    func login(email: String, password: String) throws {
        let answer = try json("POST", "/api/auth/login/", ["email": .string(email), "password": .string(password)])
        guard case .string(let token) = answer["access"] else { throw Unexpected(status: 200, body: "no access token") }
        authorization = "Authorization: Bearer \(token)\r\n"
    }

    /// Returns the status of a GET; its body is read and dropped.
    ///
    /// Connects to a shop on 127.0.0.1.
    ///
    /// - Throws: `SocketError`.
    func get(_ path: String) throws -> Int {
        try connection.send(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(authorization)\r\n".utf8)).status
    }

    /// Sends a JSON body and gives the JSON answer.
    ///
    /// Connects to a shop on 127.0.0.1.
    ///
    /// - Throws: `SocketError`.
    @discardableResult
    func json(_ method: String, _ path: String, _ members: [String: JSONValue]) throws -> JSONValue {
        let body = try JSONBytes.encode(JSONValue.object(members))
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(authorization)Content-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        let (status, answer) = try connection.send(Array(head.utf8) + body)
        guard (200..<300).contains(status) else {
            throw Unexpected(status: status, body: String(decoding: answer, as: UTF8.self))
        }
        return try JSONValue(parsing: answer)
    }
}

/// An answer that the load does not expect.
struct Unexpected: Error, CustomStringConvertible {
    let status: Int
    let body: String

    var description: String { "\(status): \(body.prefix(300))" }
}
