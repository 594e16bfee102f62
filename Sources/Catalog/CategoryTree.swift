import Commerce

/// All categories at one moment, for changes that look at more than one.
struct CategoryTree {
    private let byID: [CategoryID: Category]

    init(_ categories: [Category]) {
        self.byID = Dictionary(categories.map { ($0.id, $0) }) { first, _ in first }
    }

    subscript(reference: Reference) -> Category? {
        switch reference {
        case .id(let id): byID[CategoryID(id)]
        case .slug(let slug): byID.values.first { $0.slug == slug }
        }
    }

    /// Returns the categories with the same parent as `category`, itself among them, in their order.
    func siblings(of category: Category) -> [Category] {
        byID.values.filter { $0.parentID == category.parentID }.inOrder
    }

    /// Returns the category that `reference` names as a parent for `category`; nil makes it a root.
    ///
    /// - Throws: `ValidationError` on `parent` where there is none, or it lies below `category`, or too deep.
    func parent(_ reference: Reference?, for category: Category) throws -> Category? {
        guard let reference else { return nil }
        guard let parent = self[reference] else { throw ValidationError.unknown("parent", reference) }
        guard !parent.path.hasPrefix(category.path) else {
            throw ValidationError("parent", "A category cannot lie below itself.")
        }
        let deepest = byID.values.lazy.filter { $0.path.hasPrefix(category.path) }.map(\.depth).max() ?? category.depth
        guard parent.depth + 1 + deepest - category.depth < CategoryPath.levels else { throw CategoryService.tooDeep }
        return parent
    }

    /// Returns the categories whose mark of visibility does not follow from the tree: those to be shown and those to be
    /// hidden.
    func wronglyMarked() -> (shown: [CategoryID], hidden: [CategoryID]) {
        let wrong = byID.values.filter { isVisible($0) != $0.isVisible }.sorted { $0.id < $1.id }
        return (wrong.filter { !$0.isVisible }.map(\.id), wrong.filter(\.isVisible).map(\.id))
    }

    private func isVisible(_ category: Category) -> Bool {
        var next: Category? = category
        while let current = next {
            if !current.isActive { return false }
            next = current.parentID.flatMap { byID[$0] }
        }
        return true
    }
}

extension Sequence<Category> {
    /// These categories in the order that staff chose, then by folded name.
    var inOrder: [Category] {
        map { (key: TextFolding.fold($0.name), category: $0) }
            .sorted {
                ($0.category.displayOrder, $0.key, $0.category.id) < ($1.category.displayOrder, $1.key, $1.category.id)
            }
            .map(\.category)
    }
}

/// A step of a category among those with the same parent.
public enum CategoryStep: String, Sendable, CaseIterable {
    /// Before the sibling that precedes it.
    case up
    /// Behind the sibling that follows it.
    case down
}
