import CResources
import Commerce
import HTTPTypes
import Primitives
import Web

/// What the admin's pages are made of: templates, a style sheet and a script, all within the program.
enum AdminAssets {
    struct Resource: Sendable {
        let name: String
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Everything that stands in `Resources/admin`.
    static let all: [Resource] = (0..<kontor_admin_resource_count).map { index in
        let resource = kontor_admin_resource_at(index)
        return Resource(
            name: String(cString: resource.name),
            bytes: Array(UnsafeBufferPointer(start: resource.bytes, count: resource.length)))
    }

    static let stylePath = path(of: "admin.css")
    static let iconPath = path(of: "admin.svg")
    static let scriptPath = path(of: "admin.js")

    /// Gives a style sheet or a script. Their addresses change with their content, so that browsers keep them.
    static func give(_ call: APIRequest, _: NoInput) throws -> Reply<RawBody> {
        let path = "/admin/assets/\(try call.text("file"))"
        guard let (type, resource) = served.first(where: { self.path(of: $1) == path }),
            let found = all.first(where: { $0.name == resource })
        else { throw NotFound() }
        return Reply(
            RawBody(contentType: type, bytes: found.bytes),
            headers: [.cacheControl: "public, max-age=31536000, immutable"])
    }

    /// Gives the icon that browsers ask for on their own, as beside a document or an answer of the API.
    static func giveIcon(_: APIRequest, _: NoInput) throws -> Reply<RawBody> {
        guard let icon = all.first(where: { $0.name == "admin.svg" }) else { throw NotFound() }
        return Reply(
            RawBody(contentType: "image/svg+xml", bytes: icon.bytes),
            headers: [.cacheControl: "public, max-age=604800"])
    }

    private static let served = [
        ("text/css; charset=utf-8", "admin.css"), ("text/javascript; charset=utf-8", "admin.js"),
        ("image/svg+xml", "admin.svg"), ("text/javascript; charset=utf-8", "stocktake.js"),
    ]

    /// Returns the address of a file: its name with a part of its digest.
    static func path(of name: String) -> String { paths[name] ?? "/admin/assets/\(name)" }

    private static let paths: [String: String] = Dictionary(
        all.map { resource in
            let (stem, ending) = resource.name.halves(at: ".")
            let mark = Hex.encode(Digest.sha256(resource.bytes).prefix(6))
            return (resource.name, "/admin/assets/\(stem).\(mark).\(ending ?? "")")
        }, uniquingKeysWith: { first, _ in first })
}
