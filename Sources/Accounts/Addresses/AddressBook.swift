import Commerce
import Primitives
import SQL

/// Users' addresses and their defaults.
public struct AddressBook: Sendable {
    /// The most entries of one user.
    static let maxAddresses = 100

    let database: any Database
    private let time: TimeSource

    /// Makes the book over a database.
    public init(_ database: any Database, time: TimeSource) {
        self.database = database
        self.time = time
    }

    /// Returns one address as it is copied onto an order, nil where `user` has none of that id.
    ///
    /// - Throws: `SQLError`.
    public func address(_ id: AddressID, of user: UserID, in connection: Connection) throws -> PostalAddress? {
        try AddressQueries.find(id, of: user, .all, connection)?.postal
    }

    /// Adds an address; the first is the default of its kinds.
    ///
    /// - Throws: `ValidationError` where the book is full, `SQLError`.
    @discardableResult
    public func add(_ draft: AddressDraft, for user: UserID, in tx: Transaction) throws -> Address {
        try AddressQueries.lock(user, tx)
        guard try AddressQueries.count(of: user, .all, tx) < Self.maxAddresses else {
            throw ValidationError.whole("An address book holds at most \(Self.maxAddresses) addresses.")
        }
        let id = try AddressQueries.insert(draft, for: user, at: time.now, tx)
        try assignDefaults(user, id, draft.wishes, tx)
        return try require(id, user, .all, tx)
    }

    /// Changes an address whose version passes `check`.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `state`, `SQLError`, or what `check` throws.
    func update(
        _ id: AddressID, of user: UserID, _ changes: AddressChanges, in view: AddressView,
        checking check: (Int) throws -> Void = { _ in }, _ tx: Transaction
    ) throws -> Address {
        try AddressQueries.lock(user, tx)
        let old = try require(id, user, view, tx)
        try check(old.version)
        try AddressQueries.update(id, try changes.applied(to: old.draft), at: time.now, tx)
        try assignDefaults(user, id, changes.wishes, tx)
        return try require(id, user, .all, tx)
    }

    /// Removes an address; what it was the default for falls to the oldest that remains.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func remove(_ id: AddressID, of user: UserID, in view: AddressView, _ tx: Transaction) throws {
        try AddressQueries.lock(user, tx)
        guard try AddressQueries.delete(id, of: user, view, tx) else { throw NotFound() }
        try assignDefaults(user, id, [:], tx)
    }

    /// Makes an address the default of `type`, or of its own type.
    ///
    /// - Throws: `NotFound`, `ValidationError` where it is not of that type, `SQLError`.
    func setDefault(_ id: AddressID, of user: UserID, _ type: AddressType?, _ tx: Transaction) throws -> Address {
        try AddressQueries.lock(user, tx)
        let address = try require(id, user, .all, tx)
        let kinds = (type ?? address.type).kinds
        guard kinds.allSatisfy({ address.type.kinds.contains($0) }) else {
            throw ValidationError("address_type", "This address is for \(address.type.rawValue) alone.")
        }
        try assignDefaults(user, id, Dictionary(uniqueKeysWithValues: kinds.map { ($0, true) }), tx)
        return try require(id, user, .all, tx)
    }

    private func require(
        _ id: AddressID, _ user: UserID, _ view: AddressView, _ connection: Connection
    ) throws -> Address {
        guard let address = try AddressQueries.find(id, of: user, view, connection) else { throw NotFound() }
        return address
    }

    private func assignDefaults(_ user: UserID, _ id: AddressID, _ wishes: [DefaultKind: Bool], _ tx: Transaction)
        throws
    {
        let book = try AddressQueries.defaults(of: user, tx)
        func choice(_ kind: DefaultKind) -> AddressID? {
            AddressDefaults.choose(kind, in: book, wish: wishes[kind].map { (id, $0) })
        }
        try AddressQueries.setDefaults(of: user, shipping: choice(.shipping), billing: choice(.billing), tx)
    }
}
