import HTTPTypes
import Web

/// Where a request comes from, as sessions and the login history keep it.
public struct Client: Sendable, Hashable {
    let address: String
    let userAgent: String
    /// Where the address is, as far as the installation knows places.
    var place = Place.unknown

    /// What limits count by.
    var network: String { NetworkKey(address: address).text }

    public init(address: String, userAgent: String) {
        self.address = String(address.unicodeScalars.prefix(45).map(Character.init))
        self.userAgent = String(userAgent.unicodeScalars.prefix(400).map(Character.init))
    }

    init(_ request: APIRequest) {
        self.init(address: request.clientAddress, userAgent: request.headers[.userAgent] ?? "")
    }
}
