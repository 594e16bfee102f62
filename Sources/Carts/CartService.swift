import Commerce
import Primitives
import SQL

/// The use cases of carts. Every change locks the cart first, so that nothing is lost between two tabs.
public struct CartService: Sendable {
    /// The most lines of a cart.
    static let maxLines = 100

    let offers: OfferReader
    let check: SellableCheck
    let coupons: CouponReader
    let time: TimeSource
    let random: RandomSource

    /// Creates a service; the closures read current offers, tell what an id stands for, and apply coupons.
    public init(
        offers: @escaping OfferReader, check: @escaping SellableCheck, coupons: @escaping CouponReader,
        time: TimeSource = .machine, random: RandomSource = .system
    ) {
        self.offers = offers
        self.check = check
        self.coupons = coupons
        self.time = time
        self.random = random
    }

    /// Locks the owner's open cart until the transaction ends; nil where there is none.
    ///
    /// - Throws: `SQLError`.
    public func lock(_ owner: CartOwner, in tx: Transaction) throws -> Cart? {
        try CartQueries.lock([owner], tx).first
    }

    /// Closes a cart that has become an order; returns false where it was closed before.
    ///
    /// - Throws: `SQLError`.
    public func close(_ cart: CartID, in tx: Transaction) throws -> Bool {
        try CartQueries.close(cart, at: time.now, tx)
    }

    /// Returns the owner's last cart that became an order; nil where none did.
    ///
    /// - Throws: `SQLError`.
    public func lastOrdered(by owner: CartOwner, in connection: Connection) throws -> CartID? {
        try CartQueries.lastOrdered(owner, connection)
    }

    /// Returns the owner's cart at current prices; empty where there is none.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func contents(_ owner: CartOwner?, _ connection: Connection) throws -> CartContents {
        guard let owner, let cart = try CartQueries.open(owner, connection) else { return .empty }
        return try contents(of: cart, connection)
    }

    /// Returns this cart at current prices.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    public func contents(of cart: Cart, _ connection: Connection) throws -> CartContents {
        try contents(of: cart, offers(cart.lines.map(\.sellable), connection), connection)
    }

    private func contents(
        of cart: Cart, _ offers: [SellableID: Offer], _ connection: Connection
    ) throws -> CartContents {
        let lines = cart.lines.map { PricedLine(line: $0, offer: offers[$0.sellable]) }
        let effect = try cart.coupon.flatMap {
            try coupons($0, lines.compactMap(\.couponLine), cart.owner.user, connection)
        }
        return CartContents(cart: cart, lines: lines, coupon: effect)
    }

    /// Puts a coupon on a locked cart in place of the former one; nil removes it.
    ///
    /// - Throws: `SQLError`.
    public func setCoupon(_ coupon: CouponID?, on cart: Cart, in tx: Transaction) throws -> Cart {
        var cart = cart
        cart.coupon = coupon
        try CartQueries.setCoupon(coupon, of: cart.id, at: time.now, tx)
        return cart
    }

    /// Adds units of a product or variant to the owner's cart, which is created where there is none.
    ///
    /// - Throws: `ValidationError` on `product_id`, `variant_id` or `quantity`, `SQLError`.
    public func add(
        _ sellable: SellableID, quantity: Int, for owner: CartOwner?, in tx: Transaction
    ) throws -> CartContents {
        var (cart, isNew) = try openCart(for: owner, tx)
        let line = cart.line(sellable)
        let offers = try offers(cart.lines.map(\.sellable) + (line == nil ? [sellable] : []), tx)
        let offer = try offered(sellable, offers, (line?.quantity ?? 0) + quantity, tx)
        try Self.check(line?.quantity ?? 0, plus: quantity, of: offer)
        if line == nil, cart.lines.count >= Self.maxLines {
            throw ValidationError("product_id", "A cart holds at most \(Self.maxLines) different items.")
        }
        if let index = cart.lines.firstIndex(where: { $0.sellable == sellable }) {
            cart.lines[index].quantity += quantity
            cart.lines[index].snapshot = offer.price
            try CartQueries.update(cart.lines[index], tx)
        } else {
            let id = try CartQueries.insert(
                sellable, quantity: quantity, price: offer.price, into: cart.id, at: time.now, tx)
            cart.lines.append(CartLine(id: id, sellable: sellable, quantity: quantity, snapshot: offer.price))
        }
        if !isNew { try touch(&cart, tx) }
        return try contents(of: cart, offers, tx)
    }

    /// Sets the quantity of a line.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `quantity`, `SQLError`.
    func setQuantity(
        _ quantity: Int, of item: CartItemID, for owner: CartOwner?, in tx: Transaction
    ) throws -> CartContents {
        try change(item, of: owner, tx) { cart, index, offers in
            guard let offer = offers[cart.lines[index].sellable], offer.isForSale else {
                throw ValidationError("quantity", "This product is no longer available.")
            }
            if quantity > cart.lines[index].quantity { try Self.check(0, plus: quantity, of: offer) }
            cart.lines[index].quantity = quantity
            try CartQueries.update(cart.lines[index], tx)
        }
    }

    /// Removes a line.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func remove(_ item: CartItemID, for owner: CartOwner?, in tx: Transaction) throws -> CartContents {
        try change(item, of: owner, tx) { cart, index, _ in
            try CartQueries.delete([cart.lines.remove(at: index).id], tx)
        }
    }

    /// Removes all lines.
    ///
    /// - Throws: `SQLError`.
    func clear(_ owner: CartOwner?, in tx: Transaction) throws -> CartContents {
        guard let owner, var cart = try lock(owner, in: tx) else { return .empty }
        try CartQueries.deleteLines(of: cart.id, tx)
        cart.lines = []
        try touch(&cart, tx)
        return try contents(of: cart, [:], tx)
    }

    private func change(
        _ item: CartItemID, of owner: CartOwner?, _ tx: Transaction,
        _ body: (inout Cart, Int, [SellableID: Offer]) throws -> Void
    ) throws -> CartContents {
        guard let owner, var cart = try lock(owner, in: tx),
            let index = cart.lines.firstIndex(where: { $0.id == item })
        else { throw NotFound() }
        let offers = try offers(cart.lines.map(\.sellable), tx)
        try body(&cart, index, offers)
        try touch(&cart, tx)
        return try contents(of: cart, offers, tx)
    }

    private func touch(_ cart: inout Cart, _ tx: Transaction) throws {
        cart.notices = []
        try CartQueries.touch(cart.id, notices: [], at: time.now, tx)
    }
}

extension CartService {
    /// Returns the owner's cart, locked, or a new one. A guest without a key, or with one that the shop does not know,
    /// gets a new key.
    private func openCart(for owner: CartOwner?, _ tx: Transaction) throws -> (Cart, isNew: Bool) {
        if let owner, let cart = try lock(owner, in: tx) { return (cart, false) }
        let owner = try known(owner, tx)
        do {
            let id = try CartQueries.insert(owner, at: time.now, tx)
            return (Cart(id: id, owner: owner, lines: [], coupon: nil, notices: []), true)
        } catch let error as SQLError where error.kind == .unique {
            guard let cart = try lock(owner, in: tx) else { throw Self.concurrentUpdate }
            return (cart, false)
        }
    }

    private func known(_ owner: CartOwner?, _ tx: Transaction) throws -> CartOwner {
        if let owner {
            if case .user = owner { return owner }
            if try CartQueries.lastOrdered(owner, tx) != nil { return owner }
        }
        guard let key = SessionKey(random.token(byteCount: 24)) else { throw Self.concurrentUpdate }
        return .guest(key)
    }

    /// Returns the offer, which may be bought. Only where something is wrong with it is `check` asked what the id
    /// stands for.
    private func offered(
        _ sellable: SellableID, _ offers: [SellableID: Offer], _ quantity: Int, _ tx: Transaction
    ) throws -> Offer {
        if let offer = offers[sellable], offer.isForSale, offer.available >= quantity { return offer }
        if let error = try check(sellable, tx).error(for: sellable) { throw error }
        guard let offer = offers[sellable], offer.isForSale else {
            throw ValidationError("product_id", "This product is not available.")
        }
        return offer
    }

    private static func check(_ held: Int, plus more: Int, of offer: Offer) throws {
        guard held + more <= CartLine.maxPieces else {
            throw ValidationError("quantity", "Ensure this value is less than or equal to \(CartLine.maxPieces).")
        }
        guard held + more <= offer.available else {
            let already = held > 0 ? " and \(held) in the cart already" : ""
            throw ValidationError("quantity", "There are only \(max(0, offer.available)) in stock\(already).")
        }
    }

    /// The error that has the transaction run again: another one changed the same cart between reading and writing.
    static let concurrentUpdate = SQLError(.conflict, message: "the cart was changed by another transaction")
}
