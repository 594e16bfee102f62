import Catalog
import Commerce
import SQL

/// The statements on what lies below what in the tree of categories.
public enum CategoryScopeQueries {
    /// Returns those of `categories` that are among `roots` or below one of them, in one statement, as a
    /// ``CategoryScope``.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func within(
        _ categories: [CategoryID], _ roots: [CategoryID], _ connection: Connection
    ) throws -> Set<CategoryID> {
        guard !categories.isEmpty, !roots.isEmpty else { return [] }
        let paths: [(CategoryID, String)] = try connection.tuples(
            "SELECT id, path FROM categories WHERE id IN (\(list: categories))")
        let wanted = Set(roots.map { String($0.rawValue) })
        var found: Set<CategoryID> = []
        for (id, path) in paths {
            if path.split(separator: "/").contains(where: { wanted.contains(String($0)) }) {
                found.insert(id)
            }
        }
        return found
    }
}
