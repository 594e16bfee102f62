import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The capacity in which a request comes to an order.
public enum OrderAccess: Sendable, Equatable {
    case customer
    case staff

    private static let header = HTTPField.Name("X-Order-Token")

    /// Recognizes the order's customer, who is signed in or carries the token of a guest's order, or staff with
    /// `permission`.
    ///
    /// - Throws: `NotFound` for everyone else.
    public init(_ request: APIRequest, to order: Order, staff permission: String) throws {
        try self.init(request, to: OrderDoor(order), staff: permission)
    }

    init(_ request: APIRequest, to door: OrderDoor, staff permission: String) throws {
        if let identity = request.identity, door.user == identity.userID {
            self = .customer
        } else if request.identity?.may(permission) == true {
            self = .staff
        } else if Self.isOpened(door, by: request) {
            self = .customer
        } else {
            throw NotFound()
        }
    }

    private static func isOpened(_ door: OrderDoor, by request: APIRequest) -> Bool {
        let sent = header.flatMap { request.headers[$0] } ?? request.query["token"]
        guard let sent, !sent.isEmpty, !door.accessTokenHash.isEmpty else { return false }
        return Digest.equal(Array(Digest.hex(sent).utf8), Array(door.accessTokenHash.utf8))
    }
}

/// The columns of an order that decide who may see it.
struct OrderDoor: RowDecodable {
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
    func enter(
        _ reference: OrderReference, by request: APIRequest, staff permission: String, _ connection: Connection
    ) throws -> (id: OrderID, access: OrderAccess) {
        guard let door = try OrderQueries.door(reference, connection) else { throw NotFound() }
        return (door.id, try OrderAccess(request, to: door, staff: permission))
    }
}
