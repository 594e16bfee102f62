import Commerce
import Logging
import Modules
import Outbound
import Primitives
import SQL
import Synchronization

/// The gateways that are set up: by the environment, and by what staff have saved.
///
/// A gateway is made anew only when its configuration has changed, so that what it caches (PayPal's token) lasts. A `Mutex` around a
/// dictionary: nothing is awaited under it.
public final class GatewayDirectory: Sendable {
    /// What a gateway is made with.
    public struct Tools: Sendable {
        /// The channel to the gateway.
        public let channel: GatewayChannel
        /// The clock.
        public let time: TimeSource
        /// The source of ids.
        public let random: RandomSource
    }

    /// One kind of gateway: its settings, and how it is made of them.
    public struct Kind: Sendable {
        let code: GatewayCode
        let name: String
        let keys: [GatewayConfiguration.Key]
        /// Returns nil where the configuration lacks what it needs.
        let make: @Sendable (GatewayConfiguration, Tools) -> (any PaymentGateway)?

        /// Describes a kind of gateway; `name` is shown to customers.
        public init(
            _ code: GatewayCode, _ name: String, keys: [GatewayConfiguration.Key],
            make: @escaping @Sendable (GatewayConfiguration, Tools) -> (any PaymentGateway)?
        ) {
            self.code = code
            self.name = name
            self.keys = keys
            self.make = make
        }
    }

    private struct Made {
        let configuration: GatewayConfiguration
        let gateway: (any PaymentGateway)?
    }

    let kinds: [Kind]
    let settings: any SettingsSource
    let box: SecretBox
    private let tools: [GatewayCode: Tools]
    private let made = Mutex<[GatewayCode: Made]>([:])

    /// Creates a directory of these kinds; `settings` is the environment.
    public init(
        _ kinds: [Kind], settings: any SettingsSource, secret: SecretKey, client: HTTPClient, time: TimeSource,
        random: RandomSource, logger: Logger
    ) {
        self.kinds = kinds
        self.settings = settings
        box = SecretBox(secret, purpose: "gateway-configuration")
        tools = Dictionary(
            uniqueKeysWithValues: kinds.map { kind in
                let channel = GatewayChannel(
                    kind.code, client: client, breaker: CircuitBreaker(time: time), time: time, logger: logger)
                return (kind.code, Tools(channel: channel, time: time, random: random))
            })
    }

    /// Returns a gateway, whether it is offered or not, so that what was begun with it can be ended; nil where it is not set up.
    ///
    /// - Throws: `SQLError`.
    public func gateway(_ code: GatewayCode, in connection: Connection) throws -> (any PaymentGateway)? {
        gateway(code, try GatewayQueries.find(code, connection))
    }

    /// Returns the gateways that customers can choose for an amount, nil for any, by their display order. One whose circuit breaker
    /// is open is left out.
    ///
    /// - Throws: `SQLError`.
    public func offered(
        _ amount: Money? = nil, in currency: Currency, _ connection: Connection
    ) throws -> [OfferedGateway] {
        let rows = Dictionary(try GatewayQueries.all(connection).map { ($0.code, $0) }) { first, _ in first }
        let offered = kinds.enumerated().compactMap { index, kind -> (Int, Int, OfferedGateway)? in
            let row = rows[kind.code]
            guard kind.code != .manual, row?.isActive != false, tools[kind.code]?.channel.breaker.isClosed == true,
                row?.takes(currency) != false, let gateway = gateway(kind.code, row),
                gateway.amounts.rule(currency) != nil,
                amount.map({ gateway.amounts.units($0, currency) != nil }) ?? true
            else { return nil }
            return (row?.displayOrder ?? 0, index, OfferedGateway(gateway, kind.name, row))
        }
        return offered.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// Returns the configuration of a gateway, the environment's values before those of its row.
    func configuration(_ kind: Kind, _ row: GatewayRow?) -> GatewayConfiguration {
        (row?.configuration(in: box) ?? GatewayConfiguration([:])).overridden(by: settings, kind.keys)
    }

    /// Returns what a shop that takes money should change of what staff have saved; of what the environment says, ``GatewaySettings``
    /// tells.
    ///
    /// - Throws: `SQLError`.
    func findings(_ connection: Connection) throws -> [CheckFinding] {
        try GatewayQueries.all(connection).filter(\.isActive).flatMap { row -> [CheckFinding] in
            guard let kind = kinds.first(where: { $0.code == row.code }) else { return [] }
            return configuration(kind, row).findings(of: kind.code, kind.keys).filter { settings.text($0.key) == nil }
        }
    }

    private func gateway(_ code: GatewayCode, _ row: GatewayRow?) -> (any PaymentGateway)? {
        guard let kind = kinds.first(where: { $0.code == code }), let tools = tools[code] else { return nil }
        let configuration = configuration(kind, row)
        return made.withLock { made in
            if let known = made[code], known.configuration == configuration { return known.gateway }
            let gateway = kind.make(configuration, tools)
            made[code] = Made(configuration: configuration, gateway: gateway)
            return gateway
        }
    }
}

/// A gateway that customers can choose, with what is shown of it.
public struct OfferedGateway: Sendable {
    /// The gateway.
    public let gateway: any PaymentGateway
    /// The name for customers.
    public let name: String
    /// The key of the logo in the media store; empty without one.
    public let logo: String
    /// The currencies that it takes here.
    public let currencies: [String]
    /// Its place among the others.
    public let displayOrder: Int

    init(_ gateway: any PaymentGateway, _ name: String, _ row: GatewayRow?) {
        self.gateway = gateway
        self.name = name
        logo = row?.logo ?? ""
        currencies = row.flatMap { $0.currencies.isEmpty ? nil : $0.currencies } ?? gateway.amounts.currencies
        displayOrder = row?.displayOrder ?? 0
    }
}
