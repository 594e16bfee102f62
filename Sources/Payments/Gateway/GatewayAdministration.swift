import Commerce
import Primitives
import SQL

/// What staff change of gateways: whether they are offered, and their keys, which are written and never read.
struct GatewayAdministration: Sendable {
    let directory: GatewayDirectory
    let time: TimeSource

    /// A gateway with what is set of it.
    struct State: Sendable {
        let kind: GatewayDirectory.Kind
        let row: GatewayRow
        /// The environment's values before those of the row.
        let configuration: GatewayConfiguration
        /// Nil where it is not set up.
        let gateway: (any PaymentGateway)?
        /// The keys whose values the environment has.
        let fixed: Set<String>
    }

    /// A change of a gateway; nil leaves a part as it is. A value of `configuration` that is empty is taken away.
    struct Change: Sendable {
        var isActive: Bool?
        var configuration: [String: String] = [:]
        var currencies: [String]?
        var displayOrder: Int?
    }

    func states(_ connection: Connection) throws -> [State] {
        let rows = Dictionary(try GatewayQueries.all(connection).map { ($0.code, $0) }) { first, _ in first }
        return try directory.kinds.map { try state($0, rows[$0.code], connection) }
    }

    func state(_ code: GatewayCode, _ connection: Connection) throws -> State {
        try state(kind(code), GatewayQueries.find(code, connection), connection)
    }

    /// Changes a gateway's row, which is made at the first change.
    ///
    /// - Throws: `NotFound`, `ValidationError` on `configuration` or `supported_currencies`, what `check` throws, `SQLError`.
    func change(
        _ code: GatewayCode, _ change: Change, check: (State) throws -> Void, in tx: Transaction
    ) throws -> State {
        let kind = try kind(code)
        let before = try GatewayQueries.lock(code, tx)
        try check(state(kind, before, tx))
        var row = before ?? GatewayRow(code)
        if let isActive = change.isActive { row.isActive = isActive }
        if let order = change.displayOrder { row.displayOrder = order }
        if let currencies = change.currencies { row.currencies = try checked(currencies) }
        if !change.configuration.isEmpty {
            let values = try checked(change.configuration, of: kind)
            row.sealed = try row.configuration(in: directory.box).changed(by: values).sealed(in: directory.box, code)
        }
        try write(&row, isNew: before == nil, tx)
        return try state(kind, row, tx)
    }

    /// Gives a gateway a logo, by its key in the media store; an empty one takes it away.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func setLogo(_ key: String, of code: GatewayCode, in tx: Transaction) throws -> State {
        let kind = try kind(code)
        let before = try GatewayQueries.lock(code, tx)
        var row = before ?? GatewayRow(code)
        row.logo = key
        try write(&row, isNew: before == nil, tx)
        return try state(kind, row, tx)
    }

    private func write(_ row: inout GatewayRow, isNew: Bool, _ tx: Transaction) throws {
        row.updatedAt = time.now
        if isNew {
            do {
                return try tx.savepoint { [row] in try GatewayQueries.insert(row, $0) }
            } catch let error as SQLError where error.kind == .unique {
                throw SQLError(.conflict, message: "another transaction has made this gateway's row")
            }
        }
        row.version += 1
        try GatewayQueries.update(row, tx)
    }

    private func kind(_ code: GatewayCode) throws -> GatewayDirectory.Kind {
        guard let kind = directory.kinds.first(where: { $0.code == code }) else { throw NotFound() }
        return kind
    }

    private func state(_ kind: GatewayDirectory.Kind, _ row: GatewayRow?, _ connection: Connection) throws -> State {
        let fixed = kind.keys.filter { directory.settings.text($0.setting) != nil }.map(\.name)
        return State(
            kind: kind, row: row ?? GatewayRow(kind.code), configuration: directory.configuration(kind, row),
            gateway: try directory.gateway(kind.code, in: connection), fixed: Set(fixed))
    }

    private func checked(_ values: [String: String], of kind: GatewayDirectory.Kind) throws -> [String: String] {
        for (name, value) in values {
            guard let key = kind.keys.first(where: { $0.name == name }) else {
                throw Self.refusal(
                    name, "There is no such key; there are: \(kind.keys.map(\.name).joined(separator: ", ")).")
            }
            if let reason = key.refusal(of: value) { throw Self.refusal(name, reason) }
        }
        return values
    }

    private func checked(_ codes: [String]) throws -> [String] {
        let codes = codes.map { $0.uppercased() }
        for code in codes where Currency(code: code) == nil {
            throw ValidationError("supported_currencies", "\"\(code)\" is no currency code of ISO 4217.")
        }
        return codes
    }

    private static func refusal(_ name: String, _ message: String) -> ValidationError {
        ValidationError(.members(["configuration": .members([name: .messages([message])])]))
    }
}

extension GatewayConfiguration.Key {
    /// Returns why a value is refused; nil where it is good. An empty one takes the key away.
    func refusal(of value: String) -> String? {
        if value.isEmpty { return nil }
        guard value.utf8.count <= 500, value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0 == 0x20 }) else {
            return "Use at most 500 printable ASCII characters."
        }
        switch kind {
        case .secret, .text: return nil
        case .address:
            let isGood = ["http://", "https://"].contains { value.begins(with: $0) }
            return isGood ? nil : "This is no http:// or https:// address."
        case .choice(let words):
            return words.contains(value) ? nil : "Use one of: \(words.joined(separator: ", "))."
        }
    }
}

extension GatewayConfiguration {
    /// Returns this configuration with other values; empty ones are taken away.
    func changed(by values: [String: String]) -> GatewayConfiguration {
        GatewayConfiguration(self.values.merging(values) { $1 })
    }

    /// Seals it for the row of a gateway.
    ///
    /// - Throws: `CryptoKitError`, `EncodingError`.
    func sealed(in box: SecretBox, _ code: GatewayCode) throws -> String {
        let json = JSONValue.object(values.mapValues { .string($0) })
        return try box.seal(String(decoding: JSONBytes.encode(json), as: UTF8.self), context: code.rawValue)
    }
}

extension GatewayRow {
    /// The row of a gateway that nobody has changed.
    init(_ code: GatewayCode) {
        self.init()
        self.code = code
    }
}
