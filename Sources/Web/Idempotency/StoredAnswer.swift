import HTTPTypes
import Primitives

/// The headers and the body of a stored answer, which are sealed together.
struct StoredAnswer: Sendable, Hashable {
    /// Lines of `name: value`.
    let headers: String
    let body: [UInt8]

    private static let separator: UInt8 = 0

    init(headers: String, body: [UInt8]) {
        self.headers = headers
        self.body = body
    }

    init(_ answer: APIResponse) {
        self.init(
            headers: answer.headers.map { "\($0.name.rawName): \($0.value)" }.joined(separator: "\n"),
            body: answer.body)
    }

    /// Reads ``bytes``; nil where they are none.
    init?(bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: Self.separator) else { return nil }
        self.init(headers: String(decoding: bytes[..<end], as: UTF8.self), body: Array(bytes[(end + 1)...]))
    }

    /// The headers, a NUL, which no header holds, and the body.
    var bytes: [UInt8] { Array(headers.utf8) + [Self.separator] + body }

    /// Returns the answer for those that repeat the request.
    func response(_ status: Int) -> APIResponse {
        var fields = HTTPFields()
        for line in headers.cut(at: "\n", keepsEmpty: false) {
            let (name, value) = line.halves(at: ":")
            guard let value, let name = HTTPField.Name(String(name)) else { continue }
            fields.append(HTTPField(name: name, value: value.trimmed))
        }
        fields[.idempotentReplayed] = "true"
        return APIResponse(status: HTTPResponse.Status(code: status), headers: fields, body: body)
    }
}
