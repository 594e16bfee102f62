import KontorApp
import Modules
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

/// Who calls in tables of permissions: a probe for each column.
struct TestAccounts: Sendable {
    /// The columns, in their order.
    enum Part: String, CaseIterable, Sendable {
        case anonymous
        /// A customer to whom nothing in the row belongs.
        case stranger
        case vendor
        /// A member of staff without a single permission.
        case clerk
        /// The customer to whom what the row names belongs.
        case owner
        /// A member of staff with every permission that there is.
        case staff
        case admin
    }

    let stand: ShopHarness
    let admin: HTTPProbe
    private let probes: [Part: HTTPProbe]

    init(_ stand: ShopHarness) async throws {
        var probes = [Part.anonymous: stand.anonymous]
        for part in Part.allCases where part != .anonymous && part != .admin {
            probes[part] = try await stand.customer("\(part.rawValue)@example.com")
        }
        let all = stand.shop.modules.permissions.map(\.name).joined(separator: " ")
        _ = try await stand.shop.installation.database.write { tx in
            for part in [Part.vendor, .clerk, .staff] {
                let role = part == .vendor ? "vendor" : "staff"
                let permissions = part == .staff ? all : ""
                try tx.execute(
                    """
                    UPDATE users SET role = \(role), permissions = \(permissions)
                    WHERE email = \("\(part.rawValue)@example.com")
                    """)
            }
        }
        self.stand = stand
        admin = try await stand.admin()
        probes[.admin] = admin
        self.probes = probes
    }

    subscript(part: Part) -> HTTPProbe { probes[part] ?? stand.anonymous }

    func id(of part: Part) async throws -> Int {
        try await stand.shop.installation.database.read { connection in
            try connection.value("SELECT id FROM users WHERE email = \("\(part.rawValue)@example.com")") ?? 0
        }
    }
}

/// One endpoint with the answer to each part of the cast.
struct PermissionRow: Sendable {
    let method: String
    let template: String
    let body: Body
    /// By part, in the order of the columns.
    let statuses: [Int]

    enum Body: Sendable {
        case none
        /// With placeholders as in the template.
        case json(String)
        case form(part: String, [UInt8], fields: [String: String] = [:])
    }

    init(_ endpoint: String, _ statuses: String, _ body: Body = .none) {
        let words = endpoint.split(separator: " ").map(String.init)
        (method, template) = (words[0], words[1])
        self.body = body
        self.statuses = statuses.split(separator: " ").compactMap { Int($0) }
    }

    init(_ endpoint: String, _ statuses: String, _ json: String) { self.init(endpoint, statuses, .json(json)) }

    /// Method and path as the document of the API has them: `PUT /api/orders/{}/cancel/`.
    var shape: String {
        let path = template.split(separator: "?").first.map(String.init) ?? template
        return method + " " + path.replacing(/\{[^}]*\}/, with: "{}")
    }

    /// The names in braces, of the template and of the body.
    var placeholders: Set<String> {
        var text = template
        if case .json(let json) = body { text += json }
        return Set(text.matches(of: /\{([a-z_]+)\}/).map { String($0.1) })
    }

    /// Sends the request with what stands for each placeholder.
    func send(by probe: HTTPProbe, _ values: [String: String]) async throws -> ProbeResponse {
        let fill = { (text: String) in
            values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        switch body {
        case .none: return try await probe.send(method, fill(template))
        case .json(let json):
            return try await probe.send(
                method, fill(template), headers: ["Content-Type": "application/json"], body: Array(fill(json).utf8))
        case .form(let part, let bytes, let fields):
            let texts = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }
            let head =
                texts.joined() + "--b\r\nContent-Disposition: form-data; name=\"\(part)\"; filename=\"f\"\r\n\r\n"
            return try await probe.send(
                method, fill(template), headers: ["Content-Type": "multipart/form-data; boundary=b"],
                body: Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8))
        }
    }
}
