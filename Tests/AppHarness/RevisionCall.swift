import HTTPTypes

/// A call, its answer, and by how much it moves the catalog's revision. `{name}` in path and body stands for an id that an
/// answer before was kept under, `{name.item}` for that of its first item.
package struct RevisionCall: Sendable {
    package enum Caller: Sendable {
        case staff
        case ada
    }

    package let method: HTTPRequest.Method
    package let path: String
    package let body: String
    package let caller: Caller
    package let status: Int
    package let moves: Int
    package let name: String

    package init(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", by caller: Caller = .staff,
        answers status: Int, moves: Int, as name: String = ""
    ) {
        self.method = method
        self.path = path
        self.body = body
        self.caller = caller
        self.status = status
        self.moves = moves
        self.name = name
    }

    /// Returns path and body with the ids in their places.
    package func filled(_ ids: [String: Int64]) -> (path: String, body: String) {
        ids.reduce(into: (path, body)) { texts, id in
            texts.0 = texts.0.replacing("{\(id.key)}", with: String(id.value))
            texts.1 = texts.1.replacing("{\(id.key)}", with: String(id.value))
        }
    }
}
