import HTTPTypes
import Modules
import Primitives
import TestSupport
import Web

@testable import KontorApp

/// The resources that modules declare for staff alone and of which no table says more: any values of the kinds that the document of
/// the API asks for make a row of them. What else asks for a row of each finds them here, so that a new one is in no list.
struct StaffResources: Sendable {
    /// Rows that staff keep by six endpoints.
    struct Resource: Sendable {
        let path: String
        /// The placeholder of a row, after the path: `shipping_methods`.
        let name: String
        /// A body that makes another row each time, with the placeholder `n`.
        let json: String
    }

    let all: [Resource]

    /// What the six endpoints of each say to whom.
    var rows: [PermissionRow] { all.flatMap { PermissionRow.kept($0.path, $0.name, $0.json) } }

    subscript(name: String) -> Resource? { all.first { $0.name == name } }

    init(_ stand: ShopHarness) throws {
        let api = APISchemas(try JSONValue(parsing: stand.shop.server.document))
        let written = Set(PermissionTables.rows.map(\.shape))
        let calls = stand.shop.modules.endpoints.flatMap(\.endpoints).filter {
            if case .staff = $0.access { true } else { false }
        }.map { "\($0.method.rawValue) \($0.template)" }
        all = try calls.filter { $0.hasPrefix("POST ") && !$0.contains("{") && !written.contains($0) }.compactMap {
            call in
            let path = String(call.dropFirst("POST ".count))
            let others = ["GET \(path)"] + ["GET", "PUT", "PATCH", "DELETE"].map { "\($0) \(path){id}/" }
            guard others.allSatisfy(calls.contains), let body = Self.body(path, api) else { return nil }
            let name = path.split(separator: "/").last.map { String($0).replacing("-", with: "_") } ?? path
            return Resource(path: path, name: name, json: String(decoding: try JSONBytes.encode(body), as: UTF8.self))
        }
    }

    /// Returns a value for each field that has to be sent; nil where one is of no kind that any value fits.
    private static func body(_ path: String, _ api: APISchemas) -> JSONValue? {
        guard let operation = api.operation("POST", path) else { return nil }
        var fields: [String: JSONValue] = [:]
        for name in operation.required {
            guard let value = operation.inputs[name].flatMap({ Self.value(api.core($0)) }) else { return nil }
            fields[name] = value
        }
        return .object(fields)
    }

    private static func value(_ schema: JSONValue) -> JSONValue? {
        if let words = schema["enum"]?.elements { return words.first }
        switch (schema["type"]?.text, schema["format"]?.text) {
        case ("string", nil): return .string("N{n}")
        case ("string", "email"): return .string("n{n}@example.com")
        case ("string", "iso-3166-1-alpha-2"): return .string("FR")
        case ("string", "decimal"): return .string(least(schema))
        case ("integer", nil): return .number(least(schema))
        case ("boolean", _): return .bool(true)
        default: return nil
        }
    }

    private static func least(_ schema: JSONValue) -> String {
        if case .number(let digits) = schema["minimum"] { digits } else { "0" }
    }
}
