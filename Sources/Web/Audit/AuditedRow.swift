import Primitives

/// The row that an entry of the audit is about: the path of its own endpoint without `admin/`, such as `/api/products/17/`, so that
/// all that was done to a row is found by one text.
public enum AuditedRow {
    /// Returns the row of a path: what stands up to the first parameter of its template. Nil where the template has none.
    public static func path(of path: String, _ template: String) -> String? {
        let (named, parts) = (template.cut(at: "/"), path.cut(at: "/"))
        guard let place = named.firstIndex(where: { $0.begins(with: "{") }), parts.indices.contains(place),
            !parts[place].isEmpty
        else { return nil }
        return plain(parts[...place].joined(separator: "/") + "/")
    }

    /// Returns the row that was made by a call of this path, whose answer is `made`; nil where that names none by an `id`.
    static func made(at path: String, _ made: JSONValue) -> String? {
        switch made["id"] {
        case .number(let id)?, .string(let id)?: plain(path + id + "/")
        default: nil
        }
    }

    private static func plain(_ path: String) -> String {
        (path.after("/api/admin/").map { "/api/" + $0 } ?? path).prefix(scalars: 500)
    }
}
