import Commerce
import SQL

/// How orders of erased people are brought to their end and forgotten.
public struct OrderErasure: Sendable {
    /// Cancels what has not left of a user's orders, and has all of them be erased when they have come to their end.
    public let begin: @Sendable (ErasedUser, ErasureWork) async throws -> Void
    /// Gives some orders of erased people that have come to their end.
    public let ended: @Sendable (Connection) throws -> [ErasedOrder]
    /// Takes the names out of them.
    public let erase: @Sendable ([ErasedOrder], Transaction) throws -> Void
    /// Gives the beginnings of the paths under which staff changed them.
    public let paths: @Sendable ([ErasedOrder], Connection) throws -> [String]
    /// Has them not be looked for any more.
    public let finish: @Sendable ([ErasedOrder], Transaction) throws -> Void
    /// Tells which orders still name somebody.
    public let find: @Sendable (_ email: String, Connection) throws -> NamingOrders

    public init(
        begin: @escaping @Sendable (ErasedUser, ErasureWork) async throws -> Void,
        ended: @escaping @Sendable (Connection) throws -> [ErasedOrder],
        erase: @escaping @Sendable ([ErasedOrder], Transaction) throws -> Void,
        paths: @escaping @Sendable ([ErasedOrder], Connection) throws -> [String],
        finish: @escaping @Sendable ([ErasedOrder], Transaction) throws -> Void,
        find: @escaping @Sendable (_ email: String, Connection) throws -> NamingOrders
    ) {
        self.begin = begin
        self.ended = ended
        self.erase = erase
        self.paths = paths
        self.finish = finish
        self.find = find
    }
}

/// As much of an order as its erasure has to know.
public struct ErasedOrder: Sendable {
    public let id: OrderID
    public let number: String
    public let user: UserID?
    public let email: String

    public init(id: OrderID, number: String, user: UserID?, email: String) {
        self.id = id
        self.number = number
        self.user = user
        self.email = email
    }

    /// Whether somebody without an account left it under an e-mail.
    public var isGuests: Bool { user == nil && !email.isEmpty }
}

/// Orders that name somebody who was erased.
public struct NamingOrders: Sendable {
    /// What names them because the law has it kept, in words.
    public let retained: [String]
    /// What names them until it has come to its end, in words.
    public let underWay: [String]
    /// How many rows of a table that has one for each order may name them.
    public let count: Int

    public init(retained: [String], underWay: [String], count: Int) {
        self.retained = retained
        self.underWay = underWay
        self.count = count
    }
}
