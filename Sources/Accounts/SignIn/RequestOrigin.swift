import HTTPTypes
import Primitives
import Web

/// The address and device of a request, as sessions and the login history store them.
public struct RequestOrigin: Sendable, Hashable {
    let address: String
    let userAgent: String
    /// Where the address is, as far as the installation knows places.
    var place = Place.unknown

    /// The network that limits count by.
    var network: String { NetworkKey(address: address).text }

    /// Cuts the address to 45 and the `User-Agent` to 400 scalars, as the columns hold them; the place is unknown.
    public init(address: String, userAgent: String) {
        self.address = address.prefix(scalars: 45)
        self.userAgent = userAgent.prefix(scalars: 400)
    }

    init(_ request: APIRequest) {
        self.init(address: request.clientAddress, userAgent: request.headers[.userAgent] ?? "")
    }
}
