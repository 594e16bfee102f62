import Commerce
import HTTPTypes
import Primitives
import Web

/// As whom a request comes to an order.
public enum OrderAccess: Sendable, Equatable {
    case customer
    case staff

    private static let header = HTTPField.Name("X-Order-Token")

    /// Its customer, who is signed in or carries the token of a guest's order, or staff with `permission`.
    ///
    /// - Throws: `NotFound` for everyone else.
    public init(_ request: APIRequest, to order: Order, staff permission: String) throws {
        if let identity = request.identity, order.user == identity.userID {
            self = .customer
        } else if request.identity?.may(permission) == true {
            self = .staff
        } else if Self.isOpened(order, by: request) {
            self = .customer
        } else {
            throw NotFound()
        }
    }

    private static func isOpened(_ order: Order, by request: APIRequest) -> Bool {
        let sent = header.flatMap { request.headers[$0] } ?? request.query["token"]
        guard let sent, !sent.isEmpty, !order.accessTokenHash.isEmpty else { return false }
        return Digest.equal(Array(Digest.hex(sent).utf8), Array(order.accessTokenHash.utf8))
    }
}
