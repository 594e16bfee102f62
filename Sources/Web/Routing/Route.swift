import HTTPTypes

/// An endpoint as the server holds it.
final class Route: Sendable {
    let endpoint: Endpoint
    let group: String
    let door: Door
    /// Whether it is a page for people, which no other origin's script may read.
    let isPage: Bool
    let meter: RouteMeter

    /// The check of a request before its caller is identified.
    enum Door: Sendable {
        /// One of our hosts, and an address that may call.
        case shop
        /// No check: monitors call by any host name and from any address.
        case health
        /// An address that may call: what operators and developers ask for by any name.
        case operators
        /// As `operators`, and the token or the address of those who read figures.
        case metrics
    }

    init(
        _ endpoint: Endpoint, group: String, door: Door = .shop, isPage: Bool = false, meter: RouteMeter? = nil
    ) {
        self.endpoint = endpoint
        self.group = group
        self.door = door
        self.isPage = isPage
        self.meter = meter ?? RouteMeter(route: endpoint.template, method: endpoint.method.rawValue)
    }
}
