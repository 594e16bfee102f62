import Commerce
import Primitives
import SQL

extension CartService {
    /// Moves a guest's lines into the user's cart, at registration or login: quantities are added, and cut to the
    /// available stock with a notice that the cart keeps.
    ///
    /// What cannot be merged is left as it is: a merge never makes a login fail.
    ///
    /// - Throws: `SQLError` where the database cannot go on or the transaction has to be run again.
    public func merge(_ key: SessionKey, into user: UserID, in tx: Transaction) throws {
        let carts = try CartQueries.lock([.guest(key), .user(user)], tx)
        guard let guest = carts.first(where: { $0.owner == .guest(key) }), !guest.lines.isEmpty else { return }
        let own = carts.first { $0.owner == .user(user) }
        do {
            try tx.savepoint { try merge(guest, with: own, of: user, $0) }
        } catch let error as SQLError where error.kind == .unique {
            throw Self.concurrentUpdate
        } catch let error as SQLError where [.foreignKey, .check, .outOfRange].contains(error.kind) {
            return
        }
    }

    private func merge(_ guest: Cart, with own: Cart?, of user: UserID, _ tx: Transaction) throws {
        let sellables = Set((guest.lines + (own?.lines ?? [])).map(\.sellable)).sorted()
        let plan = CartMerge(guest, into: own, offers: try offers(sellables, tx))
        try CartQueries.put(plan.lines, into: (own ?? guest).id, at: time.now, tx)
        if let own {
            if own.coupon == nil, let coupon = guest.coupon {
                try CartQueries.setCoupon(coupon, of: own.id, at: time.now, tx)
            }
            try CartQueries.delete(guest.id, tx)
            try CartQueries.touch(own.id, notices: plan.notices, at: time.now, tx)
        } else {
            try CartQueries.delete(plan.leftOut, tx)
            try CartQueries.give(guest.id, to: user, notices: plan.notices, at: time.now, tx)
        }
    }
}

/// The result of merging a guest's lines into a user's cart: a pure rule.
struct CartMerge: Sendable {
    private(set) var lines: [(sellable: SellableID, quantity: Int, price: Money)] = []
    /// The guest's lines that have no place in the merged cart.
    private(set) var leftOut: [CartItemID] = []
    private(set) var notices: [String] = []

    init(_ guest: Cart, into own: Cart?, offers: [SellableID: Offer]) {
        var room = CartService.maxLines - (own?.lines.count ?? 0)
        for line in guest.lines {
            let held = own?.line(line.sellable)?.quantity ?? 0
            guard let offer = offers[line.sellable], offer.isForSale else {
                leaveOut(line, "A product in your cart is no longer available and was left out.")
                continue
            }
            guard held > 0 || room > 0 else {
                leaveOut(line, "Your cart is full; \(offer.name) was left out.")
                continue
            }
            let wanted = held + line.quantity
            let quantity = min(wanted, offer.available, CartLine.maxPieces)
            guard quantity > 0 else {
                leaveOut(line, "\(offer.name) is out of stock and was left out.")
                continue
            }
            if quantity < wanted {
                notices.append("Only \(quantity) of \(offer.name) are in stock; your cart held \(wanted).")
            }
            if held == 0 { room -= 1 }
            lines.append((line.sellable, quantity, line.snapshot))
        }
    }

    private mutating func leaveOut(_ line: CartLine, _ notice: String) {
        leftOut.append(line.id)
        notices.append(notice)
    }
}
