import Commerce
import Primitives
import SQL

/// The use cases of wishlists. Every change locks the list first, so that nothing is lost between two tabs.
struct WishlistService: Sendable {
    let watch: OfferWatch
    let check: SellableCheck
    let hold: SellableHold
    let time: TimeSource

    /// Returns a user's list at present prices, in two statements.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    func contents(of user: UserID, _ connection: Connection) throws -> WishlistContents {
        guard let wishlist = try WishlistQueries.read(user, connection) else { return .empty }
        return WishlistContents(
            wishlist: wishlist, offers: try watch.offers(wishlist.items.map(\.sellable), connection))
    }

    /// Puts something on a user's list, which is made where there is none; what is there already gets the flags.
    ///
    /// - Throws: `ValidationError` on `product_id` or `variant_id`, or where the list is full, `OutOfRange`, `SQLError`.
    func add(
        _ sellable: SellableID, _ change: AlertChange, for user: UserID, in tx: Transaction
    ) throws -> WishlistContents {
        let (wishlist, items) = try open(user, tx)
        if let item = items.first(where: { $0.sellable == sellable }) {
            _ = try set(change, on: item, in: tx)
        } else {
            guard items.count < Wishlist.maxItems else {
                throw ValidationError.whole("A wishlist holds at most \(Wishlist.maxItems) items.")
            }
            let (watched, offer) = try follow(sellable, in: tx)
            try WishlistQueries.insert(
                watched, at: offer.price, AlertFlags().changed(by: change), into: wishlist, at: time.now, tx)
        }
        try WishlistQueries.touch(wishlist, at: time.now, tx)
        return try contents(of: user, tx)
    }

    /// Sets the flags of an item and returns it with its offer. `check` sees the item's version, under the lock.
    ///
    /// - Throws: `NotFound`, `OutOfRange`, `SQLError`, what `check` throws.
    func change(
        _ id: WishlistItemID, _ change: AlertChange, of user: UserID, check: (Int) throws -> Void, in tx: Transaction
    ) throws -> (item: WishlistItem, offer: Offer?) {
        let (wishlist, found) = try find(id, of: user, tx)
        try check(found.version)
        let item = try set(change, on: found, in: tx)
        try WishlistQueries.touch(wishlist, at: time.now, tx)
        return (item, try watch.offers([item.sellable], tx)[item.sellable])
    }

    /// Takes an item off the list. `check` sees its version, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, what `check` throws.
    func remove(_ id: WishlistItemID, of user: UserID, check: (Int) throws -> Void, in tx: Transaction) throws {
        _ = try take(id, of: user, check: check, in: tx) { _ in }
    }

    /// Takes an item off the list once `use` has done with it what it is taken for; what `use` throws leaves it there.
    /// `check` sees its version, under the lock.
    ///
    /// - Throws: `NotFound`, `SQLError`, what `check` and `use` throw.
    func take<Value>(
        _ id: WishlistItemID, of user: UserID, check: (Int) throws -> Void, in tx: Transaction,
        _ use: (SellableID) throws -> Value
    ) throws -> Value {
        let (wishlist, item) = try find(id, of: user, tx)
        try check(item.version)
        let value = try use(item.sellable)
        try WishlistQueries.delete(item.id, tx)
        try WishlistQueries.touch(wishlist, at: time.now, tx)
        return value
    }

    /// Takes everything off the list.
    ///
    /// - Throws: `SQLError`.
    func clear(_ user: UserID, in tx: Transaction) throws {
        guard let wishlist = try WishlistQueries.lock(user, tx) else { return }
        try WishlistQueries.deleteItems(of: wishlist, tx)
        try WishlistQueries.touch(wishlist, at: time.now, tx)
    }
}

extension WishlistService {
    /// Returns the user's list, locked, with its items, or a new one.
    private func open(_ user: UserID, _ tx: Transaction) throws -> (id: WishlistID, items: [WishlistItem]) {
        if let id = try WishlistQueries.lock(user, tx) { return (id, try WishlistQueries.items(of: id, tx)) }
        do {
            return (try WishlistQueries.insert(user, at: time.now, tx), [])
        } catch let error as SQLError where error.kind == .unique {
            throw Self.concurrentUpdate
        }
    }

    private func find(
        _ id: WishlistItemID, of user: UserID, _ tx: Transaction
    ) throws -> (wishlist: WishlistID, item: WishlistItem) {
        guard let wishlist = try WishlistQueries.lock(user, tx),
            let item = try WishlistQueries.items(of: wishlist, tx).first(where: { $0.id == id })
        else { throw NotFound() }
        return (wishlist, item)
    }

    /// Sets flags and returns the item as it is then. Who asks for alerts only now is not told of what happened before.
    private func set(_ change: AlertChange, on item: WishlistItem, in tx: Transaction) throws -> WishlistItem {
        let alerts = item.alerts.changed(by: change)
        guard alerts != item.alerts else { return item }
        let (asksDrops, asksRestocks) = (
            alerts.priceDrop && !item.alerts.priceDrop, alerts.backInStock && !item.alerts.backInStock
        )
        let watched = asksDrops || asksRestocks ? try WatchQueries.lock(item.sellable, tx) : nil
        try WishlistQueries.setAlerts(
            alerts, of: item.id,
            seen: (asksDrops ? watched?.drops : nil, asksRestocks ? watched?.restocks : nil), tx)
        var changed = item
        (changed.alerts, changed.version) = (alerts, item.version + 1)
        return changed
    }

    /// Returns what is watched of a thing, locked, and its offer as it is under the lock. What nobody has wished for
    /// before is watched from now on. Its stock and its product are held first, as whoever changes them does, so that
    /// nothing changes unseen before it is watched.
    private func follow(_ sellable: SellableID, in tx: Transaction) throws -> (WatchedOffer, Offer) {
        try hold(sellable, tx)
        let known = try WatchQueries.lock(sellable, tx)
        guard let offer = try watch.offers([sellable], tx)[sellable], offer.isForSale else {
            if let error = try check(sellable, tx).error(for: sellable) { throw error }
            throw ValidationError("product_id", "This product is not available.")
        }
        if let known { return (try watch.note(offer, on: known, in: tx), offer) }
        let watched = WatchedOffer(offer)
        do {
            try WatchQueries.insert(watched, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.concurrentUpdate
        }
        return (watched, offer)
    }

    /// The error that has the transaction run again: another one changed the same rows between reading and writing.
    private static let concurrentUpdate = SQLError(
        .conflict, message: "the wishlist was changed by another transaction")
}
