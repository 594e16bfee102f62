import Commerce
import Primitives
import SQL
import Web

/// The capacity in which a request comes to an order.
public enum OrderAccess: Sendable, Equatable {
    case customer
    case staff

    /// The token that a guest gets with an order.
    static let token = ResourceToken("orderToken", header: "X-Order-Token", parameter: "token")
    /// Who may ask for an order: users, and who has a token. The others learn nothing of whether it is there.
    public static let asked = Access.userOr(token)

    /// Recognizes the order's customer, who is signed in or carries the token of a guest's order, or staff with
    /// `permission`.
    ///
    /// - Throws: `NotFound` for everyone else.
    public init(_ request: APIRequest, to order: Order, staff permission: String) throws {
        try self.init(request, to: OrderAccessRow(order), staff: permission)
    }

    init(_ request: APIRequest, to row: OrderAccessRow, staff permission: String) throws {
        if let identity = request.identity, row.user == identity.userID {
            self = .customer
        } else if request.identity?.may(permission) == true {
            self = .staff
        } else if Self.isOpened(row, by: request) {
            self = .customer
        } else {
            throw NotFound()
        }
    }

    private static func isOpened(_ row: OrderAccessRow, by request: APIRequest) -> Bool {
        guard let sent = token.sent(request.headers, request.query), !row.accessTokenHash.isEmpty else { return false }
        return Digest.equal(Array(Digest.hex(sent).utf8), Array(row.accessTokenHash.utf8))
    }
}

/// The columns of an order that decide who may see it.
struct OrderAccessRow: RowDecodable {
    static let columns: Query = "id, user_id, access_token_hash"

    let id: OrderID
    let user: UserID?
    let accessTokenHash: String

    init(_ order: Order) {
        id = order.id
        user = order.user
        accessTokenHash = order.accessTokenHash
    }

    init(row: inout RowReader) throws {
        id = try row()
        user = try row()
        accessTokenHash = try row()
    }
}

extension OrderService {
    /// Returns the id of the order that `reference` names and the capacity of the caller, in one statement.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func authorize(
        _ reference: OrderReference, by request: APIRequest, staff permission: String, _ connection: Connection
    ) throws -> (id: OrderID, access: OrderAccess) {
        guard let row = try OrderQueries.accessRow(reference, connection) else { throw NotFound() }
        return (row.id, try OrderAccess(request, to: row, staff: permission))
    }

    /// Returns the capacity in which a caller comes to an order, in one statement.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    public func access(
        to order: OrderID, by request: APIRequest, staff permission: String, in connection: Connection
    ) throws -> OrderAccess {
        try authorize(.id(order), by: request, staff: permission, connection).access
    }
}
