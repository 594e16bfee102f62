import Commerce
import SQL

/// The erasure of orders, which have to reach a final status first.
public struct OrderErasure: Sendable {
    /// Cancels a user's orders as far as they have not been shipped, and marks all of them to be erased once they are
    /// final.
    public let begin: @Sendable (ErasedUser, ErasureWork) async throws -> Void
    /// Returns some orders of erased people that have reached a final status.
    public let ended: @Sendable (Connection) throws -> [ErasedOrder]
    /// Removes the personal data from orders.
    public let erase: @Sendable ([ErasedOrder], Transaction) throws -> Void
    /// Returns the prefixes of the paths under which staff changed orders, for the audit.
    public let paths: @Sendable ([ErasedOrder], Connection) throws -> [String]
    /// Unmarks orders whose erasure is complete.
    public let finish: @Sendable ([ErasedOrder], Transaction) throws -> Void
    /// Finds the orders that still name the owner of an e-mail address.
    public let find: @Sendable (_ email: String, Connection) throws -> NamingOrders

    /// Creates the functions of the room that owns the orders.
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

/// An order that is erased, by the fields that other rooms search with.
public struct ErasedOrder: Sendable {
    /// The id of the order's row.
    public let id: OrderID
    /// The number that customers know the order by.
    public let number: String
    /// The user who placed it; nil for a guest.
    public let user: UserID?
    /// The e-mail address on the order; empty where it has none.
    public let email: String

    /// Creates an order, by the fields that other rooms search with.
    public init(id: OrderID, number: String, user: UserID?, email: String) {
        self.id = id
        self.number = number
        self.user = user
        self.email = email
    }

    /// Whether a guest placed it and left an e-mail address.
    public var isGuests: Bool { user == nil && !email.isEmpty }
}

/// The orders that still name an erased person, for the report on a complete erasure.
public struct NamingOrders: Sendable {
    /// The records that the law requires to be kept, as sentences.
    public let retained: [String]
    /// The records that are erased once their order is final, as sentences.
    public let underWay: [String]
    /// The most rows that may name them in a table with one row for each order.
    public let count: Int

    /// Creates the findings of one search.
    public init(retained: [String], underWay: [String], count: Int) {
        self.retained = retained
        self.underWay = underWay
        self.count = count
    }
}
