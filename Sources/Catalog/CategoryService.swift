import Commerce
import Primitives
import SQL

/// Creates, changes and deletes categories, and keeps the paths and visibility that depend on their place in the tree.
public struct CategoryService: Sendable {
    let time: TimeSource

    /// Creates a service that stamps rows by `time`.
    public init(time: TimeSource) {
        self.time = time
    }

    /// Creates a category under the parent that `change` names, or as a root.
    ///
    /// - Throws: `ValidationError` on `parent`, `SQLError`.
    public func create(_ change: CategoryChange, in tx: Transaction) throws -> Category {
        var draft = CategoryDraft()
        change.apply(to: &draft)
        let parent = try change.parent.flatMap { $0 }.map { reference in
            guard let parent = try CategoryQueries.lock(reference, tx) else {
                throw ValidationError.unknown("parent", reference)
            }
            return parent
        }
        guard (parent?.depth ?? -1) + 1 < CategoryPath.levels else { throw Self.tooDeep }
        draft.parentID = parent?.id
        let (slug, now) = (change.slug ?? Slug(draft.name, kind: "category"), time.now)
        let isVisible = draft.isActive && parent?.isVisible ?? true
        let id = try slug.claim(in: tx) {
            try CategoryQueries.slugs(like: slug, $0)
        } _: {
            try CategoryQueries.insert(draft, slug: $0, isVisible: isVisible, at: now, tx)
        }
        try CategoryQueries.setPath(CategoryPath.of(id, under: parent?.path), of: id, tx)
        tx.catalogChanged()
        return try Self.require(.id(id.rawValue), tx)
    }

    /// Changes a category; `check` sees it as it is, under the lock, before anything is changed.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `parent` or `slug`, `SQLError`, whatever `check` throws.
    public func update(
        _ reference: Reference, _ change: CategoryChange, check: (Category) throws -> Void, in tx: Transaction
    ) throws -> Category {
        let tree = try CategoryTree(CategoryQueries.lockAll(tx))
        guard let category = tree[reference] else { throw NotFound() }
        try check(category)
        var draft = CategoryDraft(category)
        change.apply(to: &draft)
        if let parent = change.parent { draft.parentID = try tree.parent(parent, for: category)?.id }
        try CategoryQueries.update(draft, category.id, at: time.now, tx)
        try rename(category, to: change.slug, tx)
        let moved = try place(category, draft, tree, tx)
        try refreshVisibility(moved, tx)
        tx.catalogChanged()
        return try Self.require(.id(category.id.rawValue), tx)
    }

    /// Removes a category that holds nothing; deleted products lose it.
    ///
    /// - Throws: `NotFound`, `CatalogError.categoryInUse`, `SQLError`, whatever `check` throws.
    public func delete(_ reference: Reference, check: (Category) throws -> Void, in tx: Transaction) throws {
        guard let category = try CategoryQueries.lock(reference, tx) else { throw NotFound() }
        try check(category)
        guard try !CategoryQueries.hasChildren(category.id, tx), try !ProductQueries.hasLive(in: category.id, tx) else {
            throw CatalogError.categoryInUse
        }
        try ProductQueries.detachDeleted(from: category.id, tx)
        try CategoryQueries.delete(category.id, tx)
        tx.catalogChanged()
    }

    /// Gives the category the picture stored under `key`, or none.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func setImage(_ key: String?, of reference: Reference, in tx: Transaction) throws -> Category {
        guard let category = try CategoryQueries.lock(reference, tx) else { throw NotFound() }
        try CategoryQueries.setImage(key, of: category.id, at: time.now, tx)
        tx.catalogChanged()
        return try Self.require(.id(category.id.rawValue), tx)
    }

    /// Exchanges a category's place with that of the sibling before or behind it; where there is none, nothing changes.
    /// `check` sees it as it is, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, whatever `check` throws.
    public func move(
        _ reference: Reference, _ step: CategoryStep, check: (Category) throws -> Void, in tx: Transaction
    ) throws -> Category {
        let tree = CategoryTree(try CategoryQueries.lockAll(tx))
        guard let category = tree[reference] else { throw NotFound() }
        try check(category)
        var siblings = tree.siblings(of: category)
        let place = siblings.firstIndex { $0.id == category.id } ?? 0
        let other = step == .up ? place - 1 : place + 1
        guard siblings.indices.contains(other) else { return category }
        siblings.swapAt(place, other)
        for (order, sibling) in siblings.enumerated() where sibling.displayOrder != order {
            try CategoryQueries.setOrder(order, of: sibling.id, at: time.now, tx)
        }
        tx.catalogChanged()
        return try Self.require(.id(category.id.rawValue), tx)
    }

    /// Refuses a slug that a category has.
    ///
    /// - Throws: `ValidationError` on `slug`, `SQLError`.
    public func requireFree(_ slug: Slug, in tx: Transaction) throws {
        guard try !CategoryQueries.slugs(like: slug, tx).contains(slug.description) else { throw Self.slugTaken }
    }

    private func rename(_ category: Category, to slug: Slug?, _ tx: Transaction) throws {
        guard let slug, !slug.description.isSame(as: category.slug) else { return }
        try requireFree(slug, in: tx)
        do {
            try CategoryQueries.setSlug(slug, of: category.id, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.slugTaken
        }
    }

    /// Moves the paths of the subtree where its parent changed, and gives the tree as it now is.
    private func place(
        _ category: Category, _ draft: CategoryDraft, _ tree: CategoryTree, _ tx: Transaction
    ) throws -> CategoryTree {
        let parent = draft.parentID.flatMap { tree[.id($0.rawValue)] }
        let path = CategoryPath.of(category.id, under: parent?.path)
        if path != category.path { try CategoryQueries.movePaths(from: category.path, to: path, tx) }
        return CategoryTree(try CategoryQueries.lockAll(tx))
    }

    private func refreshVisibility(_ tree: CategoryTree, _ tx: Transaction) throws {
        let (shown, hidden) = tree.wronglyMarked()
        try CategoryQueries.setVisible(true, shown, tx)
        try CategoryQueries.setVisible(false, hidden, tx)
        try ProductQueries.list(inCategories: shown, tx)
        try ProductQueries.unlist(inCategories: hidden, tx)
    }

    /// Returns the category of this reference.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func find(_ reference: Reference, _ connection: Connection) throws -> Category {
        try Self.require(reference, connection)
    }

    /// Returns every category, hidden ones too, by name.
    ///
    /// - Throws: `SQLError`.
    public func all(_ connection: Connection) throws -> [Category] { try CategoryQueries.all(connection) }

    private static func require(_ reference: Reference, _ connection: Connection) throws -> Category {
        guard let category = try CategoryQueries.find(reference, connection) else { throw NotFound() }
        return category
    }

    private static let slugTaken = ValidationError.taken("slug", by: "category")
    static let tooDeep = ValidationError("parent", "The tree may have \(CategoryPath.levels) levels at most.")
}

/// The changes that a request asks for in a category; nil leaves a value as it is.
public struct CategoryChange: Sendable {
    /// The new name, 1 to 200 characters.
    public var name: String?
    /// The new description.
    public var description: String?
    /// `.some(nil)` makes it a root.
    public var parent: Reference??
    /// The new place among the categories with the same parent.
    public var displayOrder: Int?
    /// Whether staff switch the category on.
    public var isActive: Bool?
    /// The name in addresses; nil keeps that of a category, and makes that of a new one of its name.
    public var slug: Slug?

    /// Collects changes; what is left out stays as it is.
    public init(name: String? = nil, description: String? = nil, parent: Reference?? = nil, isActive: Bool? = nil) {
        self.name = name
        self.description = description
        self.parent = parent
        self.isActive = isActive
    }

    /// Copies what was sent into `draft`, except the parent, which has to be looked up.
    public func apply(to draft: inout CategoryDraft) {
        if let name { draft.name = name }
        if let description { draft.description = description }
        if let displayOrder { draft.displayOrder = displayOrder }
        if let isActive { draft.isActive = isActive }
    }
}
