import Catalog
import Commerce
import Pictures
import Primitives
import SQL
import Web

/// All categories as one list in the order of their tree, with how many products they hold.
struct CategoryOverview {
    let items: [CategoryListItem]

    /// Arranges `categories`; `counts` is how many products each of them holds by itself.
    init(_ categories: [Catalog.Category], counts: [CategoryID: Int], baseURL: String) {
        let ordered = CategoryForest(categories, baseURL: baseURL).all
        let totals = Self.totals(ordered, counts)
        var paths: [CategoryID: String] = [:]
        var items: [CategoryListItem] = []
        for category in ordered {
            let above = category.parentID.flatMap { paths[$0] }.map { $0 + " › " } ?? ""
            let path = above + category.name
            paths[category.id] = path
            items.append(
                CategoryListItem(
                    category, path: path, count: counts[category.id] ?? 0, total: totals[category.id] ?? 0,
                    baseURL: baseURL))
        }
        self.items = items
    }

    /// Returns how many products each category holds together with those below it, which come behind it in `ordered`.
    private static func totals(_ ordered: [Catalog.Category], _ counts: [CategoryID: Int]) -> [CategoryID: Int] {
        var totals = counts
        for category in ordered.reversed() {
            guard let parent = category.parentID else { continue }
            totals[parent, default: 0] += totals[category.id] ?? 0
        }
        return totals
    }
}

/// A category in a list for staff.
struct CategoryListItem: ResponseBody {
    let id: CategoryID
    let name: String
    let slug: String
    /// The names from the root to this category, with `›` between them.
    let path: String
    /// The number of categories above it: 0 for a root.
    let depth: Int
    let parent: CategoryID?
    /// The whole URL of a small size of its picture.
    let thumbnail: String?
    let displayOrder: Int
    let isActive: Bool
    /// Whether it and all categories above it are active.
    let isVisible: Bool
    /// The products in it that are not deleted.
    let productCount: Int
    /// The products in it and below it.
    let totalCount: Int
    let version: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ category: Catalog.Category, path: String, count: Int, total: Int, baseURL: String) {
        id = category.id
        name = category.name
        slug = category.slug
        self.path = path
        depth = category.depth
        parent = category.parentID
        thumbnail = category.imageKey.map { PictureURLs($0, baseURL: baseURL).thumbnail }
        displayOrder = category.displayOrder
        isActive = category.isActive
        isVisible = category.isVisible
        productCount = count
        totalCount = total
        version = category.version
        createdAt = category.createdAt
        updatedAt = category.updatedAt
    }
}

/// The query parameters of the list of all categories.
struct CategoryTreeInput: Input {
    /// A part of the name.
    let search: String?
    let isActive: Bool?
    let ids: [CategoryID]?
    let page: PageRequest

    init(_ fields: Fields) {
        search = fields.optionalString("search")
        isActive = fields.optionalBoolean("is_active")
        ids = fields.optionalIDs("ids")
        page = fields.page()
    }

    /// Returns whether a category is asked for.
    func includes(_ item: CategoryListItem) -> Bool {
        if let isActive, item.isActive != isActive { return false }
        if let ids, !ids.contains(item.id) { return false }
        return search.map { TextFolding.fold(item.name).holds(text: TextFolding.fold($0)) } ?? true
    }
}

/// The number of products in each category, counted once for each revision of the catalog.
struct CategoryCounts: Sendable {
    private let cache = RevisionCache<Bool, [CategoryID: Int]>(limit: 1)

    /// Returns how many products that are not deleted each category holds by itself; one that holds none is left out.
    ///
    /// - Throws: `SQLError`.
    func read(_ connection: Connection) throws -> [CategoryID: Int] {
        let revision = try RevisionQueries.current(connection)
        if let known = cache.value(true, at: revision) { return known }
        let counts = try StaffCatalogQueries.productsByCategory(connection)
        cache.keep(counts, for: true, at: revision)
        return counts
    }
}
