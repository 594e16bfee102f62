import HTTPTypes
import Primitives
import Web

/// Where a request comes from, as sessions and the login history keep it.
public struct RequestOrigin: Sendable, Hashable {
    let address: String
    let userAgent: String
    /// Where the address is, as far as the installation knows places.
    var place = Place.unknown

    /// What limits count by.
    var network: String { NetworkKey(address: address).text }

    public init(address: String, userAgent: String) {
        self.address = address.prefix(scalars: 45)
        self.userAgent = userAgent.prefix(scalars: 400)
    }

    init(_ request: APIRequest) {
        self.init(address: request.clientAddress, userAgent: request.headers[.userAgent] ?? "")
    }
}
