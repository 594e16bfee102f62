import Catalog
import Commerce
import Primitives
import SQL
import Synchronization

/// Categories as tables name them: by slug, by name, or by the path of names from the top, `Clothing > Shirts`. A number
/// is never an id, since ids may be another shop's.
///
/// They are read once for the rows of one step, in whose transaction nobody else changes them: whoever does, says so.
final class CategoryNames: Sendable {
    private struct Known {
        var byID: [CategoryID: Catalog.Category] = [:]
        var byName: [String: [Catalog.Category]] = [:]
        /// Whether rows have made some of them.
        var hasNew = false

        mutating func add(_ category: Catalog.Category) {
            byID[category.id] = category
            byName[category.name.lowercased(), default: []].append(category)
        }
    }

    private let known = Mutex<Known?>(nil)

    /// Where a product goes whose export names no category.
    static let fallback = "Uncategorized"

    /// Returns the category that a cell names.
    ///
    /// - Throws: `ValidationError` on `column` where there is none or several, `SQLError`.
    func find(_ cell: String, column: String, _ connection: Connection) throws -> Reference {
        // A database may take other capitals for the same.
        if let found = try CategoryQueries.find(.slug(cell), connection), found.slug.isSame(as: cell) {
            return .id(found.id.rawValue)
        }
        let found = try matches(Self.levels(cell), connection)
        guard let first = found.first else {
            throw ValidationError(
                column,
                "There is no category \"\(cell)\". Write its slug, its name, or its path like Clothing > Shirts; "
                    + "or make it first.")
        }
        guard found.count == 1 else {
            let slugs = found.map(\.slug).sorted().joined(separator: ", ")
            throw ValidationError(
                column,
                "\(found.count) categories are called \"\(cell)\". Write the slug of one of them: \(slugs).")
        }
        return .id(first.id.rawValue)
    }

    /// Returns the slugs that the categories named by a cell may have: rows of the same file make them.
    static func likelySlugs(_ cell: String) -> [String] {
        [cell] + levels(cell).map { Slug($0, kind: "category").description }.filter { $0 != cell }
    }

    /// Returns the category at a path of names, made as far as it is not there.
    ///
    /// - Throws: `ValidationError` on `category_path` where a name is too long or there are too many levels, `SQLError`.
    func make(_ cell: String, _ categories: CategoryService, in tx: Transaction) throws -> Reference {
        let names = Self.levels(cell)
        guard !names.isEmpty, names.count <= 8, names.allSatisfy({ $0.unicodeScalars.count <= 200 }) else {
            throw ValidationError(
                "category_path", "Write up to 8 names of at most 200 characters, like Clothing > Shirts.")
        }
        var above: CategoryID?
        for name in names {
            let alike = try all(tx).byName[name.lowercased()] ?? []
            if let there = alike.filter({ $0.parentID == above }).min(by: { $0.id < $1.id }) {
                above = there.id
            } else {
                var change = CategoryChange()
                change.name = name
                change.parent = .some(above.map { Reference.id($0.rawValue) })
                let made = try categories.create(change, in: tx)
                note(made)
                above = made.id
            }
        }
        return .id((above ?? CategoryID(0)).rawValue)
    }

    /// Takes note of a category that a row has made.
    func note(_ made: Catalog.Category) {
        known.withLock { known in
            known?.add(made)
            known?.hasNew = true
        }
    }

    /// Has them read again: a row has changed some.
    func forget() { known.withLock { $0 = nil } }

    /// Has them read again where a row may have made some: all that it did was undone.
    func undo() { known.withLock { if $0?.hasNew == true { $0 = nil } } }

    private func all(_ connection: Connection) throws -> Known {
        if let known = known.withLock({ $0 }) { return known }
        var read = Known()
        for category in try CategoryQueries.all(connection) { read.add(category) }
        known.withLock { [read] in $0 = read }
        return read
    }

    /// Returns the categories whose names, with those above them, end with these.
    private func matches(_ names: [String], _ connection: Connection) throws -> [Catalog.Category] {
        guard let last = names.last else { return [] }
        let all = try all(connection)
        let found = (all.byName[last.lowercased()] ?? []).filter { category in
            var current: Catalog.Category? = category
            for name in names.reversed() {
                guard let here = current, Self.isSame(here.name, name) else { return false }
                current = here.parentID.flatMap { all.byID[$0] }
            }
            return true
        }
        // A path from the top is meant before one of the same names further down.
        let fromTop = found.filter { $0.depth == names.count - 1 }
        return names.count > 1 && fromTop.count == 1 ? fromTop : found
    }

    private static func isSame(_ name: String, _ other: String) -> Bool { name.lowercased() == other.lowercased() }

    private static func levels(_ cell: String) -> [String] {
        cell.cut(at: ">").map(\.trimmed).filter { !$0.isEmpty }
    }
}
